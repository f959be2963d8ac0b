namespace Conway.ManifestLint;

/// <summary>A Dockerfile to judge.</summary>
/// <param name="File">Its name as a person would type it.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="IsContextGuarded">Whether a .dockerignore stands by it; null when that is not known.</param>
public sealed record DockerText(string File, string Text, bool? IsContextGuarded = null)
{
    /// <summary>Why there is no text, as a clause. Unset: there is one.</summary>
    public string? Problem { get; init; }
}
