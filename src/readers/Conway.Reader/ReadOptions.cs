namespace Conway.Reader;

/// <summary>What reading depends on beside the files.</summary>
public sealed record ReadOptions
{
    /// <summary>Name of the environment whose settings are laid over the model. Unset: none.</summary>
    public string? Environment { get; init; }

    /// <summary>Looks a variable up for <c>${env:X}</c>; null or empty means not set. Unset: no variable is set.</summary>
    public Func<string, string?>? GetEnvironmentVariable { get; init; }
}
