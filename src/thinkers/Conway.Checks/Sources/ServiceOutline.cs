using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Sources;

/// <summary>What the source of one service takes in, for a picture of its components.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Types">Its types, those that tools wrote left out.</param>
/// <param name="CodeLines">Lines that hold more than blanks and comments.</param>
/// <param name="Entries">Where work comes in, in order of kind and name.</param>
public sealed record ServiceOutline(string Service, int Types, int CodeLines, IReadOnlyList<OutlinedEntry> Entries)
{
    /// <summary>Services whose C# was found, in order of declaration; none when nobody looked.</summary>
    public static IReadOnlyList<ServiceOutline> Of(CheckSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return subject.Code is null ? [] : [.. subject.Sources.Services.Select(s => new ServiceOutline(
            s, subject.Sources.TypesOf(s).Count(), subject.Sources.LinesOf(s),
            [.. subject.Sources.EntriesOf(s).Select(e => new OutlinedEntry(e.Kind, e.Name, subject.Code.SpanOf(e.Place)))]))];
    }
}

/// <summary>A place where work comes in.</summary>
public sealed record OutlinedEntry(EntryPointKind Kind, string Name, SourceSpan Place);
