using System.Text;
using System.Text.Json;
using Conway.CodeFacts;
using Conway.Decomposition;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Proposals;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>What <c>report.html</c> knows, as JSON: short, since it holds thousands of types for each alternative. Its form is between it and
/// <c>report.js</c>; whoever wants data takes <c>proposal.json</c>.</summary>
/// <remarks>Why a type is where it is, and each item of a boundary, is told of the alternative that is shown alone, and of boundaries as much as fits.</remarks>
internal sealed class CutPageData
{
    // Some 400 KB.
    private const int ItemsMax = 1500;
    private const int ItemsPerKindMax = 12;
    private const int PlacesMax = 3;
    private const int PullsMax = 3;
    private const int FindingsMax = 300;
    private const int TextMax = 240;
    private const int UseCasesMax = 200;

    // With more types than this the page would be too long if each told everything.
    private const int UnitsOfFullLength = 2500;

    private readonly Proposal _proposal;
    private readonly CutView _view;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<int, int> _files = [];
    private readonly List<string> _paths = [];

    private CutPageData(Proposal proposal, Alternative shown, Utf8JsonWriter json) => (_proposal, _view, _json) = (proposal, new CutView(proposal, shown), json);

    public static string Of(Proposal proposal, Alternative shown, IReadOnlyList<Finding> findings)
    {
        using var stream = new MemoryStream();

        // The usual encoder: it escapes '<', '>' and '&', so that no name can end the block that the data stands in.
        using (var json = new Utf8JsonWriter(stream))
        {
            new CutPageData(proposal, shown, json).Write(findings);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private void Write(IReadOnlyList<Finding> findings)
    {
        var (code, coverage) = (_proposal.Code, _proposal.Code.Coverage);
        _json.WriteStartObject();
        _json.WriteString("name", code.Name);
        _json.WriteBoolean("blind", _proposal.IsBlind);
        _json.WriteString("recommended", _proposal.Recommended);
        _json.WriteString("shown", _view.Alternative.Id);
        Numbers("facts", [code.Types.Length, code.Tables.Length, code.EntryPoints.Length, code.UseCases.Length, coverage.Lines, (int)Math.Round(coverage.NamesShare * 100), (int)Math.Round(coverage.CallsShare * 100)]);
        _json.WriteString("ofWhole", CutWords.OfWhole(_proposal));
        Traffic();
        Texts("kinds", Enum.GetValues<CostKind>().SelectMany(k => new[] { CutWords.Nouns(k).One, CutWords.Nouns(k).Many }));
        Texts("roles", Enum.GetValues<UnitRole>().Select(CutWords.Key));
        Texts("evidence", Enum.GetValues<EvidenceKind>().Select(CutWords.Key));
        Texts("tables", code.Tables.Select(t => t.ToString()));
        _json.WriteStartArray("entries");
        foreach (var entry in code.EntryPoints)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(Short(entry.Name));
            _json.WriteStringValue(CutWords.Key(entry.Kind));
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        Units();
        _json.WriteStartArray("cuts");
        foreach (var alternative in _proposal.Alternatives)
        {
            Cut(alternative);
        }

        _json.WriteEndArray();
        Why();
        Items();
        _json.WriteStartArray("notTried");
        foreach (var left in _proposal.NotTried)
        {
            Texts(null, [left.Id, left.Needs]);
        }

        _json.WriteEndArray();
        _json.WriteNumber("findingsAll", findings.Count);
        _json.WriteStartArray("findings");
        foreach (var finding in findings.OrderByDescending(f => f.Severity).Take(FindingsMax))
        {
            Texts(null, [finding.Severity.ToString().ToLowerInvariant(), finding.Code, Short(finding.Message), Short(finding.Mend), finding.Place?.ToString() ?? ""]);
        }

        _json.WriteEndArray();
        Texts("files", _paths);
        _json.WriteEndObject();
    }

    private void Traffic()
    {
        if (_proposal.Traffic is not { } seen)
        {
            _json.WriteNull("traffic");
            return;
        }

        _json.WriteStartObject("traffic");
        Texts("said", CutTraffic.Sentences(seen, _proposal.Code));
        _json.WriteStartArray("unmatched");
        foreach (var (name, requests) in seen.Unmatched)
        {
            Texts(null, [Short(name), CutText.Number(requests)]);
        }

        _json.WriteEndArray();
        _json.WriteStartArray("busiest");
        foreach (var (useCase, entry) in CutTraffic.Busiest(seen, _proposal.Code).Take(UseCasesMax))
        {
            Texts(null, [Short(entry.Name), CutText.Number(useCase.Requests), CutTraffic.Duration(useCase.DurationP50Ms), CutTraffic.Duration(useCase.DurationP95Ms), CutText.Number(useCase.CallsP50), CutText.Number(useCase.CallsP95)]);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Units()
    {
        _json.WriteStartArray("units");
        foreach (var unit in _proposal.Units.All)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(unit.Name);

            // What the full name has more than the name, where that is in front of it.
            _json.WriteStringValue(unit.FullName.EndsWith("." + unit.Name, StringComparison.Ordinal) ? unit.FullName[..^(unit.Name.Length + 1)] : unit.FullName == unit.Name ? "" : $"={unit.FullName}");
            _json.WriteStringValue(_view.KindOf(unit));
            _json.WriteNumberValue((int)_proposal.Roles[unit.Id]);
            Place(unit.Place);
            _json.WriteNumberValue(_view.LinesOf(unit));
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private void Cut(Alternative cut)
    {
        _json.WriteStartObject();
        _json.WriteString("id", cut.Id);
        _json.WriteString("title", cut.Title);
        _json.WriteString("how", cut.How);
        _json.WriteBoolean("pareto", cut.IsPareto);
        Figure("total", cut.Total);
        _json.WriteStartArray("price");
        foreach (var part in CutWords.Parts(cut.Price, _proposal.Weights))
        {
            _json.WriteStartArray();
            _json.WriteStringValue(part.Name);
            _json.WriteStringValue(part.Means);
            Figure(null, part.Share);
            Figure(null, part.Weight);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("sheet");
        foreach (var line in cut.Sheet)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(line.Name);
            Figure(null, line.Value);
            _json.WriteNumberValue(line.LowerIsBetter switch { true => -1, false => 1, _ => 0 });
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("services");
        foreach (var service in cut.Services)
        {
            _json.WriteStartObject();
            _json.WriteString("name", service.Name);
            Texts("words", service.Words.Take(5));
            Numbers("tables", service.Tables);
            Numbers("entries", service.EntryPoints);
            _json.WriteNumber("lines", service.CodeLines);
            Figure("cohesion", service.Cohesion);
            var ties = Math.Max(1, service.Ties.Values.Sum());
            Numbers("ties", service.Ties.Where(t => t.Key != Partition.None).SelectMany(t => new[] { t.Key, (int)Math.Round(100.0 * t.Value / ties) }));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        Numbers("service", cut.Placements.Select(p => p.Service));
        Numbers("shared", cut.Placements.Select(p => p.Shared is { } shared ? (int)shared : -1));
        Numbers("margin", cut.Placements.Select(p => double.IsFinite(p.Margin) ? (int)Math.Round(p.Margin * 100) : 0));
        Numbers("contested", cut.Contested);
        _json.WriteStartArray("owners");
        var view = new CutView(_proposal, cut);
        foreach (var owner in view.WrittenElsewhere)
        {
            Numbers(null, [owner.Table, owner.Service, owner.Owner, owner.Writing, owner.Elsewhere]);
        }

        _json.WriteEndArray();
        _json.WriteStartArray("between");
        foreach (var boundary in view.Boundaries)
        {
            Numbers(null, [boundary.A, boundary.B, .. boundary.Counts]);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Why()
    {
        var reasonsMax = _proposal.Units.Count > UnitsOfFullLength ? 2 : 3;
        _json.WriteStartArray("why");
        foreach (var placement in _view.Alternative.Placements)
        {
            _json.WriteStartArray();
            _json.WriteStartArray();
            foreach (var pull in placement.Pulls.Where(p => p.Service != Partition.None).Take(PullsMax))
            {
                Numbers(null, [pull.Service, .. pull.Parts.SelectMany(p => new[] { (int)p.Kind, (int)Math.Round(p.Share * 100) })]);
            }

            _json.WriteEndArray();
            _json.WriteStartArray();
            foreach (var reason in placement.Reasons.Take(reasonsMax))
            {
                _json.WriteStartArray();
                _json.WriteStringValue(Short(reason.Text));
                if (reason.Place is { } place)
                {
                    Place(place);
                }

                _json.WriteEndArray();
            }

            _json.WriteEndArray();
            Figure(null, placement.PriceIfMoved);
            _json.WriteNumberValue(placement.ConstraintLine);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    // Of each kind of each boundary the first few; fewer where there are too many of them in all.
    private void Items()
    {
        var most = ItemsPerKindMax;
        while (most > 1 && _view.Boundaries.Sum(b => Kept(b, most).Length) > ItemsMax)
        {
            most--;
        }

        _json.WriteStartArray("items");
        foreach (var item in _view.Boundaries.SelectMany(b => Kept(b, most)).Take(ItemsMax))
        {
            _json.WriteStartArray();
            _json.WriteNumberValue((int)item.Kind);
            _json.WriteNumberValue(item.From);
            _json.WriteNumberValue(item.To);
            _json.WriteNumberValue(Boundary.Weight(item));
            _json.WriteStringValue(Short(item.What));
            _json.WriteStringValue(Short(item.Instead));
            foreach (var place in item.Places.Take(PlacesMax))
            {
                Place(place);
            }

            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private static CostItem[] Kept(Boundary boundary, int most) => [.. boundary.Items.GroupBy(i => i.Kind).SelectMany(g => g.Take(most))];

    /// <summary>Two numbers: the file by its place in <c>files</c>, and the line.</summary>
    private void Place(CodePlace place)
    {
        if (!_files.TryGetValue(place.File, out var file))
        {
            _files[place.File] = file = _paths.Count;
            _paths.Add(_view.PathOf(place));
        }

        _json.WriteNumberValue(file);
        _json.WriteNumberValue(place.Line);
    }

    private void Figure(string? name, double? value)
    {
        if (name is not null)
        {
            _json.WritePropertyName(name);
        }

        if (value is { } number && double.IsFinite(number))
        {
            _json.WriteNumberValue(Math.Round(number, 3) + 0.0);
        }
        else
        {
            _json.WriteNullValue();
        }
    }

    private void Numbers(string? name, IEnumerable<int> numbers)
    {
        if (name is not null)
        {
            _json.WritePropertyName(name);
        }

        _json.WriteStartArray();
        foreach (var number in numbers)
        {
            _json.WriteNumberValue(number);
        }

        _json.WriteEndArray();
    }

    private void Texts(string? name, IEnumerable<string> texts)
    {
        if (name is not null)
        {
            _json.WritePropertyName(name);
        }

        _json.WriteStartArray();
        foreach (var text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
    }

    private static string Short(string text) => text.Length <= TextMax ? text : text[..TextMax] + "…";
}
