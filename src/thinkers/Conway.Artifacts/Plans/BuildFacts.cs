namespace Conway.Artifacts;

/// <summary>What the files of a system say about how its images are built. Paths are relative and have <c>/</c>.</summary>
public sealed record BuildFacts
{
    /// <summary>The folder that is sent to the builder, from the folder that is generated into: <c>../..</c>. It holds everything that any image is made of.</summary>
    public string Context { get; init; } = "../..";

    /// <summary>The folder that is generated into, from <see cref="Context"/>: <c>deploy/production</c>.</summary>
    public string Out { get; init; } = "deploy/production";

    /// <summary>The system's folder, from <see cref="Context"/>; empty when it is the same.</summary>
    public string System { get; init; } = "";

    /// <summary>By the name of the service. One that is missing was not looked at.</summary>
    public IReadOnlyDictionary<string, SourceFacts> Sources { get; init; } = new Dictionary<string, SourceFacts>();
}

/// <summary>What the files of one service say.</summary>
public sealed record SourceFacts
{
    /// <summary>The project file, from the context. Null: no .NET project.</summary>
    public string? Project { get; init; }

    /// <summary>What a restore reads: project files, properties, lock files, manifests; sorted, from the context.</summary>
    public IReadOnlyList<string> RestoreFiles { get; init; } = [];

    /// <summary>Folders with the source of the service and of all it refers to; sorted, from the context.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>What a build reads beside those: linked sources, files of analyzers, keys; sorted, from the context. A name that ends with <c>/**</c> is a folder.</summary>
    public IReadOnlyList<string> OtherFiles { get; init; } = [];

    /// <summary>Name of the assembly that is started, without <c>.dll</c>.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>Version of the framework: <c>10.0</c>.</summary>
    public string Framework { get; init; } = "";

    /// <summary>Version of the SDK that a <c>global.json</c> asks for. Null: the framework's newest.</summary>
    public string? Sdk { get; init; }

    /// <summary>Whether it needs ASP.NET Core.</summary>
    public bool IsWeb { get; init; }

    /// <summary>Whether every project has a lock file, so that a restore must keep to it.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Why the facts could not be had: a sentence, and one that says what to do. Null: they could.</summary>
    public (string Message, string Mend)? Problem { get; init; }
}
