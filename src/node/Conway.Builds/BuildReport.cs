namespace Conway.Builds;

/// <summary>How the build of one service ended.</summary>
/// <param name="Succeeded">Whether there is a program to start.</param>
/// <param name="Skipped">Nothing had changed, so nothing was built.</param>
/// <param name="Duration">Zero when skipped.</param>
/// <param name="Output">The built assembly, for .NET projects.</param>
/// <param name="Lines">The compiler's own error lines when it failed: <c>Program.cs(12,5): error CS1002: ; expected</c>, paths relative to the project.</param>
/// <param name="Makeup">What the program is made of; unknown when the build failed, or when a file changed while it went on.</param>
public sealed record BuildReport(bool Succeeded, bool Skipped, TimeSpan Duration, string? Output, IReadOnlyList<string> Lines, Makeup Makeup)
{
    internal static BuildReport NothingToDo(string? output, Makeup makeup) => new(true, true, TimeSpan.Zero, output, [], makeup);
}
