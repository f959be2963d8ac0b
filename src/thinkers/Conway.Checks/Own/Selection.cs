using System.IO.Enumeration;
using Conway.Model;

namespace Conway.Checks.Own;

/// <summary>Which services a selection means.</summary>
internal static class Selection
{
    /// <summary>The selected services, in order of declaration.</summary>
    public static IReadOnlyList<string> Of(CheckSubject subject, ServiceSelection selection) =>
        [.. subject.Model.Services.Where(s => IsSelected(subject, s.Key, s.Value, selection)).Select(s => s.Key)];

    /// <summary>Whether a name is like a pattern in which <c>*</c> stands for any text, none included.</summary>
    /// <remarks>A question mark and a backslash, which would mean something else, are in no service's name; nor is the slash that stands for them.</remarks>
    public static bool IsLike(string name, string pattern) => FileSystemName.MatchesSimpleExpression(pattern.Replace('?', '/').Replace('\\', '/'), name, ignoreCase: false);

    /// <summary><c>context billing and tag public</c>; <c>every service</c> when nothing is said.</summary>
    public static string Words(ServiceSelection selection)
    {
        var parts = new[] { (selection.Name, "name"), (selection.Context, "context"), (selection.Team, "team"), (selection.Tag, "tag") }
            .Where(p => p.Item1 is not null).Select(p => $"{p.Item2} '{p.Item1}'").ToArray();
        return parts.Length == 0 ? "every service" : string.Join(" and ", parts);
    }

    private static bool IsSelected(CheckSubject subject, string name, Service service, ServiceSelection selection) =>
        (selection.Name is null || IsLike(name, selection.Name))
        && (selection.Context is null || service.Context == selection.Context)
        && (selection.Team is null || subject.OwnerOf(service) == selection.Team)
        && (selection.Tag is null || service.Tags.Contains(selection.Tag));
}
