using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conway.Reader.Tests;

/// <summary>What an ordinary JSON Schema validator says about a model.</summary>
internal sealed record AjvAnswer(string Name, bool? Valid, IReadOnlyList<string> Errors);

/// <summary>The npm package <c>ajv</c> in <c>tests/clients/ajv</c>, installed when its lock file is newer than what is there.</summary>
internal static class Ajv
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan RunPatience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <param name="draft">2020, or 7 for what editors speak.</param>
    public static async Task<IReadOnlyList<AjvAnswer>> ValidateAsync(string schema, int draft, IEnumerable<(string Name, string Yaml)> models)
    {
        var folder = await Installed.Value;
        var input = new JsonObject
        {
            ["schema"] = JsonNode.Parse(schema),
            ["draft"] = draft,
            ["models"] = new JsonArray([.. models.Select(m => new JsonObject { ["name"] = m.Name, ["yaml"] = m.Yaml })]),
        };
        var (code, output, errors) = await ExecuteAsync("node", ["run.js"], folder, RunPatience, input.ToJsonString());
        Assert.True(code == 0, errors);
        return JsonSerializer.Deserialize<List<AjvAnswer>>(output, JsonSerializerOptions.Web)!;
    }

    private static async Task<(int Code, string Output, string Errors)> ExecuteAsync(string command, string[] arguments, string folder, TimeSpan patience, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(patience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), late.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Repository.Path("tests", "clients", "ajv");
        var stamp = Path.Combine(folder, "node_modules", ".stamp");

        // Several test processes may want it at once: the first installs, the others wait.
        await using var gate = await GateAsync(Path.Combine(folder, ".npm.lock"));
        var wanted = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"))));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return folder;
        }

        var (code, output, errors) = await ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund"], folder, InstallPatience, "");
        if (code != 0)
        {
            throw new InvalidOperationException($"npm ci in {folder} failed: {output}{errors}");
        }

        await File.WriteAllTextAsync(stamp, wanted);
        return folder;
    }

    private static async Task<FileStream> GateAsync(string path)
    {
        for (var started = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (started.Elapsed < InstallPatience)
            {
                // Another test process holds it.
            }
        }
    }
}
