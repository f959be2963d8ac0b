using System.Text.RegularExpressions;
using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Files;

namespace Conway.CodeFacts.Entries;

/// <summary>Events of Web Forms: the code behind pages, controls and handlers is called by the framework, by name.</summary>
internal sealed partial class PageFinder(Reading reading)
{
    private static readonly string[] Endings = [".aspx.cs", ".ascx.cs", ".master.cs", ".ashx.cs"];

    public IEnumerable<EntryPoint> Find() => reading.Types.Types.Where(t => t is { Kind: CodeTypeKind.Class, IsStatic: false }).SelectMany(EventsOf);

    private IEnumerable<EntryPoint> EventsOf(CodeType type)
    {
        if (PathOf(type) is not { } path)
        {
            yield break;
        }

        // Web/Orders/Edit.aspx.cs of Web/Web.csproj is /Orders/Edit.aspx.
        var folder = SourcePath.FolderOf(reading.Layout.Projects[type.Project].Path);
        var markup = "/" + (folder.Length == 0 ? path : path[(folder.Length + 1)..])[..^3];
        var hasRoute = path.EndsWith(".aspx.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ashx.cs", StringComparison.OrdinalIgnoreCase);
        for (var i = type.FirstMember; i < type.FirstMember + type.MemberCount; i++)
        {
            var member = reading.Types.Members[i];
            if (member is not { Kind: CodeMemberKind.Method, IsStatic: false, IsAbstract: false } || VerbOf(member) is not { } verb)
            {
                continue;
            }

            yield return new()
            {
                Id = Codebase.None,
                Kind = EntryPointKind.Page,
                Name = $"{verb} {markup} {member.Name}",
                Method = verb,
                Route = hasRoute ? markup : null,
                Type = type.Id,
                Member = i,
                Place = member.Place,
                IsInferred = true,
            };
        }
    }

    private string? PathOf(CodeType type)
    {
        var folder = SourcePath.FolderOf(reading.Layout.Projects[type.Project].Path);
        return type.OtherParts.Select(p => p.File).Prepend(type.Place.File).Select(f => reading.Files[f].Path)
            .FirstOrDefault(p => Endings.Any(e => p.EndsWith(e, StringComparison.OrdinalIgnoreCase)) && SourcePath.IsIn(p, folder));
    }

    /// <summary>What a person does that makes the framework call the method; null when it is no event.</summary>
    private static string? VerbOf(CodeMember member) =>
        member.Name == "ProcessRequest" && member.Signature.Contains("(HttpContext ", StringComparison.Ordinal) ? "*"
        : !Event().IsMatch(member.Signature) ? null
        : member.Name.StartsWith("Page_", StringComparison.Ordinal) ? "GET" : "POST";

    // void Save_Click(object sender, System.EventArgs e)
    [GeneratedRegex(@"\((?:System\.)?[oO]bject \w+, (?:\w+\.)*\w*EventArgs \w+\)$")]
    private static partial Regex Event();
}
