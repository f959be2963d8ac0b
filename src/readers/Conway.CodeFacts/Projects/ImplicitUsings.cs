using System.Collections.Immutable;

namespace Conway.CodeFacts.Projects;

/// <summary>The namespaces that SDKs put in force when a project asks for implicit usings.</summary>
/// <remarks>Source: learn.microsoft.com/dotnet/core/project-sdk/overview, implicit using directives.</remarks>
internal static class ImplicitUsings
{
    private static readonly string[] Base =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] Web =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly string[] Worker =
        ["Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"];

    /// <summary>For files that no project claims: what most programs have.</summary>
    public static ImmutableArray<string> ForAnybody { get; } = [.. Base.Concat(Web).Select(Directive)];

    /// <summary>What is in force in every file of a project, by its SDK and its own items.</summary>
    public static ImmutableArray<string> Of(BuildFile file)
    {
        var usings = new SortedSet<string>(StringComparer.Ordinal);
        if (file.IsTrue("ImplicitUsings"))
        {
            var sdk = file.Sdk ?? "";
            usings.UnionWith(Base);
            usings.UnionWith(sdk.Contains(".Web", StringComparison.Ordinal) || sdk.Contains(".Razor", StringComparison.Ordinal) ? Web : sdk.Contains(".Worker", StringComparison.Ordinal) ? Worker : []);
        }

        var directives = new SortedSet<string>(usings.Select(Directive), StringComparer.Ordinal);
        foreach (var item in file.Items.Where(i => i.Name == "Using"))
        {
            foreach (var name in BuildFile.Parts(item.Remove ?? "").Where(IsName))
            {
                directives.Remove(Directive(name));
            }

            foreach (var name in BuildFile.Parts(item.Include ?? "").Where(IsName))
            {
                directives.Add(item.Alias is { } alias && IsName(alias) ? $"using {alias}={name};"
                    : string.Equals(item.Static, "true", StringComparison.OrdinalIgnoreCase) ? $"using static {name};"
                    : Directive(name));
            }
        }

        return [.. directives];
    }

    private static string Directive(string name) => $"using {name};";

    /// <summary>Nothing but a name may get into the text of a source file.</summary>
    private static bool IsName(string text) => text.Length is > 0 and < 512 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '<' or '>' or ',' or ' ' or ':');
}
