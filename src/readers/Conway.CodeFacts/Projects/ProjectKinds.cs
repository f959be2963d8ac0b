using System.Text.RegularExpressions;

namespace Conway.CodeFacts.Projects;

/// <summary>What a project is for, by what it says and how it is called.</summary>
internal static partial class ProjectKinds
{
    private static readonly string[] TestPackages =
    [
        "xunit", "xunit.v3", "xunit.core", "NUnit", "nunit.framework", "MSTest", "MSTest.TestFramework", "TUnit", "Microsoft.NET.Test.Sdk", "BenchmarkDotNet",
        "Microsoft.VisualStudio.QualityTools.UnitTestFramework", "Machine.Specifications", "SpecFlow", "Reqnroll", "bunit", "Microsoft.TestPlatform.TestHost",
    ];

    // ASP.NET MVC and Web Forms of the style before SDKs.
    private static readonly string[] WebProjectTypes = ["349c5851-65df-11da-9384-00065b846f21", "603c0e0b-db56-11dc-be95-000d561079b0", "e3e379df-f4c6-4180-9b81-6769533abe47"];

    public static CodeProjectKind Of(BuildFile file) =>
        IsTest(file) ? CodeProjectKind.Test
        : IsWeb(file) ? CodeProjectKind.Web
        : (file.Property("OutputType") ?? "") is { } output && (output.Equals("Exe", StringComparison.OrdinalIgnoreCase) || output.Equals("WinExe", StringComparison.OrdinalIgnoreCase))
            || (file.Sdk ?? "").Contains(".Worker", StringComparison.Ordinal) ? CodeProjectKind.Program
        : CodeProjectKind.Library;

    /// <summary>Whether a folder of this name holds tests.</summary>
    public static bool IsTestFolder(string folder) => folder.Equals("test", StringComparison.OrdinalIgnoreCase) || folder.Equals("tests", StringComparison.OrdinalIgnoreCase) || TestName().IsMatch(folder);

    private static bool IsTest(BuildFile file) =>
        file.Property("IsTestProject") is { } said && said.Equals("false", StringComparison.OrdinalIgnoreCase) ? false
        : file.IsTrue("IsTestProject") || file.IsTrue("IsTestingPlatformApplication") || (file.Sdk ?? "").StartsWith("MSTest.Sdk", StringComparison.Ordinal)
        || TestName().IsMatch(System.IO.Path.GetFileNameWithoutExtension(file.Path))
        || file.Items.Any(i => i is { IsSure: true, Name: "PackageReference" or "Reference", Include: { } include } && TestPackages.Contains(include.Split(',')[0], StringComparer.OrdinalIgnoreCase));

    private static bool IsWeb(BuildFile file) =>
        (file.Sdk ?? "").Contains(".Web", StringComparison.Ordinal)
        || WebProjectTypes.Any(t => (file.Property("ProjectTypeGuids") ?? "").Contains(t, StringComparison.OrdinalIgnoreCase))
        || file.Property("UseIISExpress") is not null;

    [GeneratedRegex(@"Tests$|Specs$|Specifications$|Benchmarks?$|(?:^|[._-])(?:Test|UnitTest|Spec|tests?|specs?|benchmarks?)$|(?:Unit|Integration|Functional|Acceptance)Test$")]
    private static partial Regex TestName();
}
