namespace Conway.Scaffolding;

/// <summary>What is to be there after a command: files, lines in files, and what the model says. All of it is written, or nothing.</summary>
/// <remarks>Carrying it out twice changes nothing the second time: a file that is there is kept, whatever it holds, and a line that is there is not put in again.</remarks>
public sealed record ScaffoldPlan
{
    /// <summary>Why there is no plan, as a sentence with what to do; null when there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Files that are to be there.</summary>
    public IReadOnlyList<NewFile> Files { get; init; } = [];

    /// <summary>What is put into files that are there, or are made by this plan, in order.</summary>
    public IReadOnlyList<FileEdit> Edits { get; init; } = [];

    /// <summary>What the model is to say, in order.</summary>
    public IReadOnlyList<ModelEdit> Model { get; init; } = [];

    /// <summary>Packages of Conway that must lie in the system's folder, by their names.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Where these packages lie, relative to the folder of the plan.</summary>
    public string LibraryFolder { get; init; } = "packages";

    /// <summary>What a person should know of it, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a person does next, as command lines.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];

    internal static ScaffoldPlan No(string problem) => new() { Problem = problem };
}

/// <summary>A file that is to be there.</summary>
/// <param name="Path">Relative to the system's folder, with <c>/</c>.</param>
/// <param name="Text">Its text, when there is none yet.</param>
public sealed record NewFile(string Path, string Text)
{
    /// <summary>Every service of the system shares it: that it is there already is no news.</summary>
    public bool IsShared { get; init; }
}
