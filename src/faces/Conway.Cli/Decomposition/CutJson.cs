using System.Text.Json;
using Conway.CodeFacts;
using Conway.Decomposition;
using Conway.Decomposition.Proposals;
using Conway.Decomposition.Units;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>A proposal for programs: <c>proposal.json</c>, every key of which docs/reference/decompose.md explains.</summary>
/// <remarks>No time, no absolute path, no number that depends on a machine: the same facts give the same bytes.</remarks>
internal static class CutJson
{
    /// <summary>Grows when a key changes its meaning or goes; new keys do not change it.</summary>
    public const string Format = "conway.decomposition/1";

    /// <param name="proposal">What is proposed.</param>
    /// <param name="shown">The alternative whose units are explained; null when there is none.</param>
    /// <param name="findings">Everything that was found.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(Proposal proposal, Alternative? shown, IReadOnlyList<Finding> findings, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("name", proposal.Code.Name);
        json.WriteBoolean("blind", proposal.IsBlind);
        WriteNullable(json, "recommended", proposal.Recommended.Length > 0 ? proposal.Recommended : null);
        WriteNullable(json, "alternative", shown?.Id);
        WriteCoverage(json, proposal.Code);
        CutTraffic.Write(json, proposal.Traffic, proposal.Code);
        json.WriteStartArray("units");
        if (shown is not null)
        {
            var view = new CutView(proposal, shown);
            foreach (var unit in proposal.Units.All)
            {
                WriteUnit(json, view, unit);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("alternatives");
        foreach (var alternative in proposal.Alternatives)
        {
            CutJsonAlternative.Write(json, new CutView(proposal, alternative));
        }

        json.WriteEndArray();
        json.WriteObjects("notTried", proposal.NotTried, left =>
        {
            json.WriteString("id", left.Id);
            json.WriteString("needs", left.Needs);
        });
        json.WriteObjects("findings", findings, finding => FindingJson.WriteBody(json, finding));
        json.WriteEndObject();
    });

    /// <summary>Four digits behind the point; null for what is no number.</summary>
    public static void WriteShare(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } share && double.IsFinite(share))
        {
            json.WriteNumber(name, Math.Round(share, 4) + 0.0); // never -0
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteNullable(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }

    public static void WritePlace(Utf8JsonWriter json, Codebase code, CodePlace place)
    {
        json.WriteString("file", code.Files[place.File].Path);
        json.WriteNumber("line", place.Line);
    }

    private static void WriteCoverage(Utf8JsonWriter json, Codebase code)
    {
        var coverage = code.Coverage;
        json.WriteStartObject("coverage");
        json.WriteNumber("files", coverage.Files);
        json.WriteNumber("filesUnread", coverage.FilesUnread);
        json.WriteNumber("filesBroken", coverage.FilesBroken);
        json.WriteNumber("lines", coverage.Lines);
        json.WriteNumber("types", code.Types.Length);
        json.WriteNumber("tables", code.Tables.Length);
        json.WriteNumber("entryPoints", code.EntryPoints.Length);
        json.WriteNumber("useCases", code.UseCases.Length);
        json.WriteShare("namesBound", coverage.NamesShare);
        json.WriteShare("callsBound", coverage.CallsShare);
        json.WriteEndObject();
    }

    private static void WriteUnit(Utf8JsonWriter json, CutView view, CodeUnit unit)
    {
        var (code, placement) = (view.Code, view.Alternative.Placements[unit.Id]);
        json.WriteStartObject();
        json.WriteNumber("id", unit.Id);
        json.WriteString("fullName", unit.FullName);
        json.WriteString("name", unit.Name);
        json.WriteString("kind", view.KindOf(unit));
        json.WriteString("role", CutWords.Key(view.Proposal.Roles[unit.Id]));
        WritePlace(json, code, unit.Place);
        json.WriteNumber("codeLines", view.LinesOf(unit));
        json.WriteStrings("nested", unit.Types.Skip(1).Select(t => code.Types[t].FullName));
        json.WriteStrings("tables", view.TablesOf(unit.Id).Select(t => code.Tables[t].ToString()));
        WriteNullable(json, "service", view.NameOf(placement.Service));
        WriteNullable(json, "shared", placement.Shared is { } shared ? CutWords.Key(shared) : null);
        json.WriteShare("margin", placement.Service == Partition.None ? null : placement.Margin);
        json.WriteShare("priceIfMoved", placement.PriceIfMoved);
        json.WriteNumberOrNull("constraintLine", placement.ConstraintLine > 0 ? placement.ConstraintLine : null);
        json.WriteStartArray("pulls");
        foreach (var pull in placement.Pulls.Where(p => p.Service != Partition.None))
        {
            json.WriteStartObject();
            json.WriteString("service", view.NameOf(pull.Service));
            json.WriteShare("share", pull.Share);
            json.WriteStartObject("parts");
            foreach (var (kind, share) in pull.Parts)
            {
                json.WriteShare(CutWords.Key(kind), share);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("reasons");
        foreach (var reason in placement.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("text", reason.Text);
            json.WriteNumberOrNull("other", reason.Other >= 0 ? reason.Other : null);
            WriteNullable(json, "file", reason.Place is { } place ? view.PathOf(place) : null);
            json.WriteNumberOrNull("line", reason.Place?.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
