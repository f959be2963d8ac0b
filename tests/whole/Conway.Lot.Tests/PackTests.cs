using System.Diagnostics;
using System.IO.Compression;

namespace Conway.Lot;

/// <summary>Packs this very tree, and installs what came out as a person would.</summary>
public sealed class PackTests
{
    [Fact]
    public async Task The_tool_carries_the_console_and_the_libraries_and_runs_where_it_is_installed()
    {
        var packed = await Run(Path.Combine(RepositoryFolder.Root, "eng/pack"));
        Assert.True(packed.Exit == 0, packed.Error);
        var package = Path.Combine(RepositoryFolder.Root, packed.Output.Trim());
        using (var archive = ZipFile.OpenRead(package))
        {
            var names = archive.Entries.Select(e => e.FullName).ToArray();
            Assert.Contains(names, n => n.StartsWith("tools/net10.0/any/packages/Conway.Service.", StringComparison.Ordinal));
            Assert.Contains("tools/net10.0/any/Conway.Console.dll", names);
            Assert.Contains("README.md", names);
        }

        var folder = Directory.CreateTempSubdirectory("tool-");
        try
        {
            // Only the local folder is a source: what the tool needs is inside it.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nuget.config"), $"""
                <configuration><packageSources><clear /><add key="here" value="{Path.GetDirectoryName(package)}" /></packageSources></configuration>
                """, TestContext.Current.CancellationToken);
            var tools = Path.Combine(folder.FullName, "a tools folder");
            var installed = await Run("dotnet", "tool", "install", "Conway", "--tool-path", tools, "--configfile", Path.Combine(folder.FullName, "nuget.config"), "--no-cache");
            Assert.True(installed.Exit == 0, installed.Output + installed.Error);

            var version = await Run(Path.Combine(tools, "conway"), "version");
            Assert.Equal(0, version.Exit);
            Assert.Contains("0.1.0", version.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("ConsolePage", "The console's page has not been built, so the tool would come without it. Run eng/pack, which builds it first")]
    [InlineData("ServicePackages", "The service libraries have not been packed into")]
    public async Task Packing_without_what_belongs_inside_says_what_to_run(string property, string said)
    {
        var outcome = await Run("dotnet", "msbuild", Path.Combine(RepositoryFolder.Root, "src/faces/Conway.Cli"), "-t:RequireWhatIsInside", $"-p:{property}=nowhere", "-nodeReuse:false", "-v:q");
        Assert.NotEqual(0, outcome.Exit);
        Assert.Contains(said, outcome.Output, StringComparison.Ordinal);
    }

    private static async Task<Outcome> Run(string program, params string[] arguments)
    {
        // The SDK leaves empty folders in the temporary folder; give it one that goes with the call.
        var scratch = Directory.CreateTempSubdirectory("sdk-");
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = RepositoryFolder.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = scratch.FullName;
        try
        {
            return await Lot.End(Process.Start(start)!);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
