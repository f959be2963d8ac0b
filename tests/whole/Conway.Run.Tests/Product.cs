using System.Diagnostics;

namespace Conway.Run;

/// <summary>Where this repository and its built program are.</summary>
internal static class Product
{
    /// <summary>The root of the repository.</summary>
    public static string Root => RepositoryFolder.Root;

    /// <summary>The program, built with the same configuration as these tests.</summary>
    public static string Program { get; } = Path.Combine(
        Root, "artifacts", "bin", "Conway.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "conway.dll");

    /// <summary>Runs a verb to its end; what it said on both of its outputs.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await errors;
    }
}
