using Conway.Scaffolding.Making;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    // No system of anybody has these names, so they stand for the one that is chosen wherever they are.
    private const string MadeSystem = "conway-made-system";
    private const string MadeService = "conway-made-service";

    /// <summary>What <see cref="System"/> and <see cref="Service"/> write, as templates of <c>dotnet new</c>: from the same texts, with the names left to choose.</summary>
    /// <param name="libraryVersion">The version of the packages of the service library.</param>
    /// <remarks>The form is that of template.json, <see href="https://github.com/dotnet/templating/wiki/Reference-for-template.json"/>.</remarks>
    public static ScaffoldPlan Templates(string libraryVersion)
    {
        var system = System(MadeSystem, "hello", "greetings", libraryVersion);
        var words = new Dictionary<string, string>
        {
            ["system"] = MadeSystem,
            ["System"] = CodeName.Pascal(MadeSystem),
            ["service"] = MadeService,
            ["Service"] = CodeName.Pascal(MadeService),
        };
        return new ScaffoldPlan
        {
            Files =
            [
                .. system.Files.Append(new NewFile(".template.config/template.json", Template.Text("dotnet-new/system.json", words))).Select(file => file with { Path = $"conway-system/{file.Path}" }),
                .. ServiceFiles.For(MadeSystem, MadeService).Append(new NewFile(".template.config/template.json", Template.Text("dotnet-new/service.json", words))).Select(file => file with { Path = $"conway-service/{file.Path}" }),
            ],
            Edits = [.. system.Edits.Select(edit => edit with { File = $"conway-system/{edit.File}" })],
            Libraries = [SystemFiles.Library],
            LibraryFolder = "conway-system/packages",
            Next = ["dotnet new install", "dotnet new conway-system -n MyShop"],
        };
    }
}
