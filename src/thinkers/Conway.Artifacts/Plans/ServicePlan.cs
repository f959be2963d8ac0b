using Conway.Model;

namespace Conway.Artifacts.Plans;

/// <summary>What all targets say alike about one service.</summary>
internal sealed record ServicePlan
{
    /// <summary>Longest name of a workload: what a cluster makes of it, for its pods and revisions, has 11 characters more and is a label too.</summary>
    public const int LabelMax = 52;

    public required string Name { get; init; }

    public required Service Service { get; init; }

    /// <summary><c>services.orders</c></summary>
    public required string Path { get; init; }

    /// <summary>Name of the service's folder, container and network name: a DNS label.</summary>
    public required string Label { get; init; }

    /// <summary>The whole reference of its image.</summary>
    public required string Image { get; init; }

    /// <summary>The part of the model that says which image.</summary>
    public required string ImagePath { get; init; }

    /// <summary>Its environment, by name, without what each replica has of its own.</summary>
    public required IReadOnlyList<Variable> Variables { get; init; }

    /// <summary>Stores that are files of its own, by name.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Whether the gateway leads to it.</summary>
    public required bool IsRouted { get; init; }

    /// <summary>Declared callers, by name.</summary>
    public required IReadOnlyList<string> Callers { get; init; }

    public string? Team { get; init; }

    /// <summary>The image to build on, as it is written on one line.</summary>
    public string? Base => Service.Base?.Trim();

    public Origin Because(ArtifactRule rule, string? part = null) => new(part is null ? Path : $"{Path}.{part}", rule);

    /// <summary>Where a store that is a file lies in the container.</summary>
    public static string FolderOf(string store) => $"/var/lib/conway/{store}";
}
