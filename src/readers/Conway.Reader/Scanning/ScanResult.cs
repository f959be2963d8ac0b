namespace Conway.Reader;

/// <summary>What was found in a folder.</summary>
/// <param name="System">A name for the system, from the folder's.</param>
/// <param name="Services">In the order of their paths.</param>
public sealed record ScanResult(string System, IReadOnlyList<ScannedService> Services);

/// <summary>A project or package that looks like a service.</summary>
/// <param name="Name">A name that the model allows, unique in the result.</param>
/// <param name="Path">Folder or project file, relative to the folder that was scanned.</param>
public sealed record ScannedService(string Name, ScannedKind Kind, string Path)
{
    /// <summary>How it is started; for packages.</summary>
    public string? Command { get; init; }

    /// <summary>How it is built before it starts; for packages.</summary>
    public string? Build { get; init; }

    /// <summary>Services that its settings name by address, and where.</summary>
    public IReadOnlyList<(string Callee, string From)> Calls { get; init; } = [];
}

/// <summary>What a scanned service is.</summary>
public enum ScannedKind
{
    /// <summary>A .NET project that answers HTTP.</summary>
    DotNetWeb,

    /// <summary>A .NET project that runs in the background.</summary>
    DotNetWorker,

    /// <summary>A .NET program that may be a service or a tool.</summary>
    DotNetProgram,

    /// <summary>A Node.js package that can be started.</summary>
    Node,
}
