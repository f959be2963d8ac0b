using System.Diagnostics;

namespace Conway.Cli.Tests;

/// <summary>What a command line printed and how it ended.</summary>
internal sealed record Ended(int Code, string Output, string Error);

/// <summary>Runs <c>conway</c> as a person or a script would, with a bare environment.</summary>
/// <remarks>Most tests ask the command line in their own process: a new one is compiled anew each time, and for a verb that reads source that takes most of its time.
/// <see cref="DocumentTests"/> holds both ways side by side; exit codes, signals and terminals are asked of the process.</remarks>
internal static class Shell
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);

    /// <summary><c>conway ARGUMENTS</c> in a folder, in this process: from the words to what is written and the exit code.</summary>
    public static Task<Ended> ConwayAsync(string folder, params string[] arguments) => HereAsync(folder, null, arguments);

    /// <summary>The same with variables of its own. A fault is the test's, with its stack.</summary>
    public static async Task<Ended> HereAsync(string folder, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal
        {
            Output = output,
            Error = error,
            CurrentFolder = folder,
            Variable = name => environment?.GetValueOrDefault(name) ?? (name is "PATH" or "DOTNET_ROOT" ? Environment.GetEnvironmentVariable(name) : null),
        };
        var code = await Task.Run(() => CommandLine.RunAsync(arguments, terminal, TestContext.Current.CancellationToken)).WaitAsync(PatienceMax, TestContext.Current.CancellationToken);
        return new Ended((int)code, output.ToString(), error.ToString());
    }

    /// <summary>The built program with <c>ARGUMENTS</c> in a folder, as a process.</summary>
    public static Task<Ended> ProcessAsync(string folder, params string[] arguments) => RunAsync(folder, null, [Repository.Conway, .. arguments]);

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
