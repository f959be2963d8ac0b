using System.Diagnostics;

namespace Conway.Cli.Tests;

/// <summary>What a process printed and how it ended.</summary>
internal sealed record Ended(int Code, string Output, string Error);

/// <summary>Runs the built <c>conway</c> as a person or a script would, with a bare environment.</summary>
internal static class Shell
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);

    /// <summary><c>conway ARGUMENTS</c> in a folder.</summary>
    public static Task<Ended> ConwayAsync(string folder, params string[] arguments) => RunAsync(folder, null, [Repository.Conway, .. arguments]);

    /// <summary>Any command line; the environment holds PATH and what is given, not even HOME.</summary>
    public static async Task<Ended> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> line)
    {
        using var process = Start(folder, environment, line);
        using var patience = new CancellationTokenSource(PatienceMax);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', line)} did not end.");
        }

        return new Ended(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> line)
    {
        var info = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        info.Environment.Clear();
        info.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");

        // Where .NET is not installed in a well-known place, the test host says where; it is no part of what is tested.
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
        {
            info.Environment["DOTNET_ROOT"] = root;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        var process = Process.Start(info)!;
        process.StandardInput.Close();
        return process;
    }
}
