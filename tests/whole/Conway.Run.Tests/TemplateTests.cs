namespace Conway.Run;

/// <summary>What <c>dotnet new</c> makes of the templates is what the commands make.</summary>
public sealed class TemplateTests(PackedLibraries libraries)
{
    [Fact]
    public async Task Templates_of_dotnet_new_make_what_the_commands_make()
    {
        using var system = await MadeSystem.Make(libraries);
        await system.Conway("new", "templates", "./templates");
        await system.Succeeds("dotnet", "new", "install", "templates");
        await system.Succeeds("dotnet", "new", "conway-system", "-n", "MyShop", "-o", "by template");
        await system.Conway("new", "system", "my-shop", "./by-command");
        Assert.Equal(Files(system, "by-command"), Files(system, "by template"));
        await system.Succeeds("dotnet", "new", "conway-system", "-n", "my-shop", "-o", "by other");
        Assert.Equal(Files(system, "by-command"), Files(system, "by other"));

        await system.Succeeds("dotnet", "new", "conway-service", "-n", "CardPayments", "--system", "my-shop", "-o", "by template");
        Assert.Contains("kept as it is: src/CardPayments/Program.cs\n", await system.Conway("new", "service", "card-payments", "./by template"), StringComparison.Ordinal);
        await system.Conway("new", "service", "card-payments", "./by-command");
        Assert.Equal(Files(system, "by-command"), Files(system, "by template"));
    }

    private static IEnumerable<string> Files(MadeSystem system, string folder)
    {
        var root = Path.Combine(system.Folder, folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(root, file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}").Order(StringComparer.Ordinal)];
    }
}
