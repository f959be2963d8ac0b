using System.Text.Json;
using Conway.Decomposition;
using Conway.Decomposition.Proposals;

namespace Conway.Cli;

/// <summary>An alternative within <c>proposal.json</c>.</summary>
internal static class CutJsonAlternative
{
    public static void Write(Utf8JsonWriter json, CutView view)
    {
        var alternative = view.Alternative;
        json.WriteStartObject();
        json.WriteString("id", alternative.Id);
        json.WriteString("title", alternative.Title);
        json.WriteString("how", alternative.How);
        json.WriteBoolean("pareto", alternative.IsPareto);
        json.WriteShare("total", alternative.Total);
        json.WriteObjects("price", CutWords.Parts(alternative.Price, view.Proposal.Weights), part =>
        {
            json.WriteString("part", part.Key);
            json.WriteShare("share", part.Share);
            json.WriteShare("weight", part.Weight);
        });
        json.WriteObjects("sheet", alternative.Sheet, line =>
        {
            json.WriteString("id", line.Id);
            json.WriteString("name", line.Name);
            json.WriteShare("value", line.Value);
            if (line.LowerIsBetter is { } lower)
            {
                json.WriteBoolean("lowerIsBetter", lower);
            }
            else
            {
                json.WriteNull("lowerIsBetter");
            }
        });
        json.WriteStartArray("services");
        foreach (var service in alternative.Services)
        {
            WriteService(json, view, service);
        }

        json.WriteEndArray();
        WriteAssigned(json, view);
        WriteBoundaries(json, view);
        json.WriteObjects("owners", view.Alternative.Owners, owner =>
        {
            json.WriteString("table", view.Code.Tables[owner.Table].ToString());
            json.WriteString("service", view.NameOf(owner.Service));
            json.WriteString("owner", view.NameOf(owner.Owner));
            json.WriteNumber("writing", owner.Writing);
            json.WriteNumber("elsewhere", owner.Elsewhere);
        });
        json.WriteObjects("contested", alternative.Contested, unit =>
        {
            json.WriteNumber("unit", unit);
            CutJson.WriteNullable(json, "service", view.NameOf(alternative.Placements[unit].Service));
            CutJson.WriteNullable(json, "next", view.RivalOf(unit) is { } rival ? view.NameOf(rival.Service) : null);
            json.WriteShare("margin", alternative.Placements[unit].Margin);
        });
        json.WriteEndObject();
    }

    private static void WriteService(Utf8JsonWriter json, CutView view, ProposedService service)
    {
        var code = view.Code;
        json.WriteStartObject();
        json.WriteString("name", service.Name);
        json.WriteStrings("words", service.Words);
        WriteNumbers(json, "units", service.Units);
        json.WriteStrings("tables", service.Tables.Select(t => code.Tables[t].ToString()));
        json.WriteObjects("entryPoints", service.EntryPoints.Select(e => code.EntryPoints[e]), entry =>
        {
            json.WriteString("kind", CutWords.Key(entry.Kind));
            json.WriteString("name", entry.Name);
            CutJson.WritePlace(json, code, entry.Place);
        });
        json.WriteNumber("codeLines", service.CodeLines);
        json.WriteShare("cohesion", service.Cohesion);
        json.WriteStartArray("ties");
        foreach (var (other, weight) in service.Ties.Where(t => t.Key != Partition.None))
        {
            json.WriteStartObject();
            json.WriteString("service", view.NameOf(other));
            json.WriteNumber("weight", weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Of every alternative, so that all of them can be compared with another cut; why, is told of the one that is shown.
    private static void WriteAssigned(Utf8JsonWriter json, CutView view)
    {
        json.WriteStartArray("assigned");
        foreach (var unit in view.Proposal.Units.All)
        {
            var placement = view.Alternative.Placements[unit.Id];
            json.WriteStartObject();
            json.WriteNumber("unit", unit.Id);
            CutJson.WriteNullable(json, "service", view.NameOf(placement.Service));
            CutJson.WriteNullable(json, "shared", placement.Shared is { } shared ? CutWords.Key(shared) : null);
            json.WriteShare("margin", placement.Service == Partition.None ? null : placement.Margin);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBoundaries(Utf8JsonWriter json, CutView view)
    {
        json.WriteObjects("boundaries", view.Boundaries, boundary =>
        {
            json.WriteString("a", view.NameOf(boundary.A));
            json.WriteString("b", view.NameOf(boundary.B));
            json.WriteStartArray("costs");
            foreach (var item in boundary.Items)
            {
                json.WriteStartObject();
                json.WriteString("kind", CutWords.Key(item.Kind));
                json.WriteString("from", view.NameOf(item.From));
                json.WriteString("to", view.NameOf(item.To));
                json.WriteNumber("count", item.Count);
                json.WriteString("what", item.What);
                json.WriteString("instead", item.Instead);
                json.WriteStartArray("places");
                foreach (var place in item.Places)
                {
                    json.WriteStartObject();
                    CutJson.WritePlace(json, view.Code, place);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
