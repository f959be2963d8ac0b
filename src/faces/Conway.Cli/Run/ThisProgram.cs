namespace Conway.Cli;

/// <summary>How this very program is started again: as keeper of a run, or as a run in the background.</summary>
internal static class ThisProgram
{
    /// <summary><c>/…/conway</c>, or <c>dotnet /…/conway.dll</c>.</summary>
    public static IReadOnlyList<string> Line { get; } = Find();

    private static IReadOnlyList<string> Find()
    {
        var process = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, typeof(ThisProgram).Assembly.Location] : [process];
    }
}
