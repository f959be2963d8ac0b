namespace Conway.CodeFacts;

public sealed class ProjectTests
{
    private const string Old = """
        <?xml version="1.0" encoding="utf-8"?>
        <Project ToolsVersion="15.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <PropertyGroup>
            <ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21};{fae04ec0-301f-11d3-bf4b-00c04f79efbc}</ProjectTypeGuids>
            <AssemblyName>Legacy.Web</AssemblyName>
            <TargetFrameworkVersion>v4.7.2</TargetFrameworkVersion>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="System.Web, Version=4.0.0.0" />
            <Compile Include="Default.aspx.cs" />
            <Compile Include="Code\*.cs" />
            <Compile Include="..\Shared\Clock.cs"><Link>Clock.cs</Link></Compile>
            <ProjectReference Include="..\Core\Core.csproj" />
          </ItemGroup>
        </Project>
        """;

    private static string[] Files(Codebase code) => [.. code.Files.Select(f => $"{f.Path} {code.Projects[f.Project].Name} {f.Kind}")];

    [Fact]
    public void A_project_of_the_old_style_compiles_what_it_names()
    {
        var code = Some.Files(
            ("Web/Web.csproj", Old), ("Web/Default.aspx.cs", "class Page1 { }"), ("Web/Code/A.cs", "class A { }"), ("Web/Unused.cs", "class Unused { }"),
            ("Shared/Clock.cs", "class Clock { }"), ("Core/Core.csproj", Some.Library), ("Core/B.cs", "class B { }"));
        Assert.Equal(["Core/B.cs Core Source", "Shared/Clock.cs Legacy.Web Source", "Web/Code/A.cs Legacy.Web Source", "Web/Default.aspx.cs Legacy.Web Source"], Files(code));
        Assert.Equal(["Core Library  ", "Legacy.Web Web v4.7.2 0"], code.Projects.Select(p => $"{p.Name} {p.Kind} {string.Join(',', p.Frameworks)} {string.Join(',', p.References)}"));
        Assert.Equal(["Web/Unused.cs:1:1 CW1609 1 C# file is left out, because the project of their folder leaves them out; the first is 'Web/Unused.cs'."], code.FindingLines());
        Assert.Equal(["System.Web"], code.Projects[1].Packages);
    }

    [Fact]
    public void A_project_of_the_new_style_compiles_what_lies_below_it_but_not_what_it_removes()
    {
        var code = Some.Files(
            ("A/A.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Compile Remove="Old\**" /><Compile Include="../C.cs" /></ItemGroup></Project>"""),
            ("A/X.cs", "class X { }"), ("A/Old/Y.cs", "class Y { }"), ("A/obj/Z.cs", "class Z { }"), ("C.cs", "class C { }"), ("D.cs", "class D { }"));
        Assert.Equal(["A/X.cs A Source", "C.cs A Source"], Files(code));
        Assert.Equal(
            [
                "A/Old/Y.cs:1:1 CW1609 1 C# file is left out, because the project of their folder leaves them out; the first is 'A/Old/Y.cs'.",
                "D.cs:1:1 CW1609 1 C# file is left out, because no project has them below its folder; the first is 'D.cs'.",
            ],
            code.FindingLines());
    }

    [Fact]
    public void A_project_that_lies_outside_of_what_is_read_is_named_like_a_package()
    {
        var code = Some.Files(
            ("A/A.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Npgsql" /><ProjectReference Include="../../../house/Kit/Kit.csproj" /><ProjectReference Include="..\B\B.csproj" /></ItemGroup></Project>"""),
            ("A/X.cs", "class X { }"), ("B/B.csproj", Some.Library), ("B/Y.cs", "class Y { }"));
        Assert.Equal(["Kit", "Npgsql"], code.Projects[0].Packages);
    }

    [Fact]
    public void Without_a_project_everything_is_one_and_tests_are_known_by_their_folder()
    {
        var code = Some.Files(("Orders/Order.cs", "class Order { List<int> l; }"), ("tests/OrderTests.cs", "class OrderTests { }"), ("Shop.Tests/A.cs", "class A { }"));
        Assert.Equal(["Orders/Order.cs shop Source", "Shop.Tests/A.cs shop Test", "tests/OrderTests.cs shop Test"], Files(code));
        Assert.Equal(["Order"], code.Types.Select(t => t.Name));
    }

    [Theory]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="xunit" /></ItemGroup></Project>""", "A", CodeProjectKind.Test)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup></Project>""", "A", CodeProjectKind.Test)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject>false</IsTestProject></PropertyGroup></Project>""", "A.Tests", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk" />""", "Shop.IntegrationTests", CodeProjectKind.Test)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk" />""", "Contest", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk" />""", "Latest", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk" />""", "Shop.Testing", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk.Web" />""", "A", CodeProjectKind.Web)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk.Worker" />""", "A", CodeProjectKind.Program)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>""", "A", CodeProjectKind.Program)]
    [InlineData("""<Project><Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk.Web" /></Project>""", "A", CodeProjectKind.Web)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup Condition="$(MSBuildProjectName.EndsWith('.Checks'))"><PackageReference Include="xunit" /></ItemGroup></Project>""", "A", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup Condition="$(MSBuildProjectName.EndsWith('.Checks'))"><PackageReference Include="xunit" /></ItemGroup></Project>""", "A.Checks", CodeProjectKind.Test)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup Condition="'$(IsCheck)' == 'true' and '$(X)' != 'y'"><PackageReference Include="xunit" /></ItemGroup></Project>""", "A", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject Condition="'$(IsTestProject)' == '' and ($(MSBuildProjectName.EndsWith('.Check')) or $(MSBuildProjectName.EndsWith('.Trial')))">true</IsTestProject></PropertyGroup></Project>""", "A", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject Condition="'$(IsTestProject)' == '' and ($(MSBuildProjectName.EndsWith('.Check')) or $(MSBuildProjectName.EndsWith('.Trial')))">true</IsTestProject></PropertyGroup></Project>""", "A.Trial", CodeProjectKind.Test)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject Condition="!(('$(MSBuildProjectName)' == 'A') And ('x'=='x' Or 'or' == 'and'))">true</IsTestProject></PropertyGroup></Project>""", "A", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject Condition="!(('$(MSBuildProjectName)' == 'A') And ('x'=='x' Or 'or' == 'and'))">true</IsTestProject></PropertyGroup></Project>""", "B", CodeProjectKind.Test)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject Condition="$([MSBuild]::IsOSPlatform('Windows'))">true</IsTestProject></PropertyGroup></Project>""", "A", CodeProjectKind.Library)]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsTestProject Condition="((((((((((((((((((((((((((((((((((((((((">true</IsTestProject></PropertyGroup></Project>""", "A", CodeProjectKind.Library)]
    public void What_a_project_is_for_is_told_by_what_it_says_and_its_name(string text, string name, CodeProjectKind kind) =>
        Assert.Equal(kind, Assert.Single(Some.Files(($"src/{name}.csproj", text), ("src/A.cs", "class A { }")).Projects).Kind);

    [Fact]
    public void A_library_below_a_folder_of_tests_belongs_to_the_tests_unless_others_use_it()
    {
        var code = Some.Files(
            ("tests/Kit/Kit.csproj", Some.Library), ("tests/Seeds/Seeds.csproj", Some.Library),
            ("src/App/App.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../../tests/Seeds/Seeds.csproj" /></ItemGroup></Project>"""), ("src/App/A.cs", "class A { }"));
        Assert.Equal(["App Library", "Kit Test", "Seeds Library"], code.Projects.Select(p => $"{p.Name} {p.Kind}"));
    }

    [Fact]
    public void The_solution_beside_the_root_decides_which_projects_belong()
    {
        const string Solution = """
            Microsoft Visual Studio Solution File, Format Version 12.00
            Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "A", "src\A\A.csproj", "{1}"
            EndProject
            Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "src", "src", "{2}"
            EndProject
            """;
        var code = Some.Files(("Shop.sln", Solution), ("src/A/A.csproj", Some.Library), ("src/A/A.cs", "class A { }"), ("samples/B/B.csproj", Some.Library), ("samples/B/B.cs", "class B { }"));
        Assert.Equal("Shop", code.Name);
        Assert.Equal(["A"], code.Types.Select(t => t.Name));
        Assert.Equal(["Shop.sln:1:1 CW1610 1 project is left out, for example 'samples/B/B.csproj'."], code.FindingLines());

        var all = Some.Files(("a/One.sln", Solution), ("b/Two.sln", Solution), ("src/A/A.csproj", Some.Library), ("src/A/A.cs", "class A { }"), ("samples/B/B.csproj", Some.Library), ("samples/B/B.cs", "class B { }"));
        Assert.Equal(["A", "B"], all.Types.Select(t => t.Name));
    }

    [Fact]
    public void What_projects_of_a_solution_refer_to_is_built_with_them()
    {
        static string Refers(string to) => $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../{to}/{to}.csproj" /></ItemGroup></Project>""";
        var code = Some.Files(
            ("Shop.slnx", """<Solution><Project Path="Host/Host.csproj" /></Solution>"""), ("Host/Host.csproj", Refers("Orders")), ("Orders/Orders.csproj", Refers("Core")), ("Core/Core.csproj", Refers("Host")),
            ("Other/Other.csproj", Refers("Core")), ("Core/C.cs", "class C { }"), ("Orders/O.cs", "class O { C c; }"), ("Other/X.cs", "class X { }"));
        Assert.Equal(["C", "O"], code.Types.Select(t => t.Name));
        Assert.Equal(["Shop.slnx:1:1 CW1610 1 project is left out, for example 'Other/Other.csproj'."], code.FindingLines());
    }

    [Fact]
    public void A_solution_in_xml_is_read_and_one_can_be_asked_for()
    {
        (string, string)[] files =
        [
            ("All.slnx", """<Solution><Folder Name="/src/"><Project Path="A/A.csproj" /></Folder><Project Path="B/B.csproj" /></Solution>"""),
            ("B/Only.slnx", """<Solution><Project Path="B.csproj" /></Solution>"""),
            ("A/A.csproj", Some.Library), ("A/A.cs", "class A { }"), ("B/B.csproj", Some.Library), ("B/B.cs", "class B { }"),
        ];
        Assert.Equal(["A", "B"], Some.Files(files).Types.Select(t => t.Name));
        var only = Some.Read(Some.Tree(files), new CodebaseOptions { Solution = "B/Only.slnx" });
        Assert.Equal(("Only", "B"), (only.Name, Assert.Single(only.Types).Name));
    }

    [Theory]
    [InlineData("Shop.slnx", "<Solution><Project", "'Shop.slnx' does not tell which projects it builds: Unexpected end of file while parsing Name has occurred. Line 1, position 19.")]
    [InlineData("Shop.sln", "nothing", "'Shop.sln' does not tell which projects it builds: it names no project.")]
    public void A_broken_solution_is_told_and_all_projects_are_read(string path, string text, string said)
    {
        var code = Some.Files((path, text), ("A/A.csproj", Some.Library), ("A/A.cs", "class A { }"));
        Assert.Equal([$"{path}:1:1 CW1618 {said}"], code.FindingLines());
        Assert.Equal("A", Assert.Single(code.Types).Name);
    }

    [Fact]
    public void A_broken_project_is_told_and_its_folder_is_read()
    {
        var code = Some.Files(("A/A.csproj", "<Project>\n<Item"), ("A/A.cs", "class A { }"));
        Assert.StartsWith("A/A.csproj:2:", Assert.Single(code.FindingLines()), StringComparison.Ordinal);
        Assert.Contains("CW1607 'A/A.csproj' cannot be read: ", code.FindingLines()[0], StringComparison.Ordinal);
        Assert.Equal("A", Assert.Single(code.Types).Name);
    }

    [Fact]
    public void Projects_in_other_languages_are_told()
    {
        var code = Some.Files(("A/A.csproj", Some.Library), ("A/A.cs", "class A { }"), ("V/V.vbproj", "<Project/>"), ("F/F.fsproj", "<Project/>"));
        Assert.Equal(["F/F.fsproj:1:1 CW1608 'F/F.fsproj' is written in F#.", "V/V.vbproj:1:1 CW1608 'V/V.vbproj' is written in Visual Basic."], code.FindingLines());
    }

    [Fact]
    public void What_stands_above_a_project_is_in_force_in_it()
    {
        var code = Some.Files(
            ("Directory.Build.props", """<Project><PropertyGroup><Base>net9.0</Base><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>"""),
            ("src/Directory.Build.props", """
                <Project>
                  <Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />
                  <PropertyGroup><TargetFramework>$(Base)</TargetFramework></PropertyGroup>
                  <ItemGroup><Using Include="Shop.Orders" /><Using Include="Shop.Orders.Order" Alias="O" /><Compile Include="$(MSBuildThisFileDirectory)Common/*.cs" /></ItemGroup>
                </Project>
                """),
            ("src/A/A.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><DefineConstants>$(DefineConstants);EXTRA</DefineConstants></PropertyGroup></Project>"""),
            ("src/A/T.cs", "namespace Shop.Orders { public class Order { } }"),
            ("src/A/U.cs", """
                class User { Order a; List<O> b; }
                #if EXTRA && NET9_0 && NET8_0_OR_GREATER && !NET10_0_OR_GREATER
                class Inside { }
                #endif
                """),
            ("src/Common/C.cs", "class Common { }"));
        Assert.Equal(["Common", "Inside", "Shop.Orders.Order", "User"], code.Types.Select(t => t.FullName));
        Assert.Equal(["User -> Order Field 2 src/A/U.cs:1"], code.Edges());
        Assert.Equal(["net9.0"], code.Projects[0].Frameworks);
        Assert.Empty(code.Findings);
    }

    [Theory]
    [InlineData("#define X\n#if X\nclass Inside { }\n#endif\nclass Rest { }", "Inside:3 Rest:5")]
    [InlineData("#region r\nclass A { }\n#endregion", "A:2")]
    [InlineData("// comment\n#nullable enable\nclass A { }", "A:3")]
    [InlineData("extern alias x;\nclass A { }", "A:2")]
    [InlineData("global using System;\nglobal using static System.Math;\nclass A { }", "A:3")]
    [InlineData("#!/usr/bin/env dotnet\n#:package X@1\nclass A { }", "A:3")]
    [InlineData("/* long\n comment */ class A { }", "A:2")]
    [InlineData("", "")]
    public void Lines_keep_their_numbers_whatever_stands_first_in_a_file(string text, string types)
    {
        var code = Some.Files(("A.csproj", Some.Web), ("a.cs", text));
        Assert.Equal(types, string.Join(' ', code.Types.Select(t => $"{t.Name}:{t.Place.Line}")));
        Assert.Empty(code.Findings);
    }
}
