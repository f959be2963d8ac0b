using Conway.CodeFacts.Framework;

namespace Conway.CodeFacts;

public sealed class FrameworkReferencesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dotnet-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Install(string path) => Directory.CreateDirectory(Path.Combine(_root, path));

    private void Assembly(string path)
    {
        Install(Path.GetDirectoryName(path)!);
        File.Copy(typeof(object).Assembly.Location, Path.Combine(_root, path));
    }

    private string[] Found() => [.. FrameworkReferences.Find([_root]).Select(r => Path.GetRelativePath(_root, r.Display!).Replace('\\', '/'))];

    [Fact]
    public void The_newest_reference_pack_is_taken_and_the_shared_framework_where_there_is_none()
    {
        Assembly("packs/Microsoft.NETCore.App.Ref/9.0.10/ref/net9.0/System.Runtime.dll");
        Assembly("packs/Microsoft.NETCore.App.Ref/10.0.0-rc.1/ref/net10.0/System.Runtime.dll");
        Assembly("packs/Microsoft.NETCore.App.Ref/8.0.0/ref/net8.0/System.Runtime.dll");
        Assembly("shared/Microsoft.AspNetCore.App/9.0.1/Microsoft.AspNetCore.dll");
        Assembly("shared/Microsoft.AspNetCore.App/9.0.1/System.Runtime.dll");
        Assembly("shared/Microsoft.AspNetCore.App/9.0.1/coreclr.dll");
        Assert.Equal(["packs/Microsoft.NETCore.App.Ref/10.0.0-rc.1/ref/net10.0/System.Runtime.dll", "shared/Microsoft.AspNetCore.App/9.0.1/Microsoft.AspNetCore.dll"], Found());
    }

    [Fact]
    public void A_folder_without_frameworks_is_passed_over()
    {
        Install("packs/Microsoft.NETCore.App.Ref");
        Assert.Empty(Found());
        Assert.NotEmpty(FrameworkReferences.Find([_root, .. FrameworkReferences.Roots()]));
    }

    [Fact]
    public void Without_a_framework_types_are_still_found_by_name_and_it_is_told()
    {
        var code = CodebaseReader.Read(Some.Tree(("a.cs", "class A { B b; string s; void Go() { b.Do(); } } class B { public void Do() { } }")), new CodebaseOptions(), [], null, TestContext.Current.CancellationToken);
        Assert.Equal(["CW1614 No installation of .NET was found on this machine."], code.FindingLines());
        Assert.Equal(["A -> B Field", "A -> B Call"], code.EdgeKinds());
    }
}
