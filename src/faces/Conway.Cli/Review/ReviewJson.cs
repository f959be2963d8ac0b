using System.Text.Json;
using Conway.Findings;
using Conway.Review;

namespace Conway.Cli;

/// <summary>A review for programs: one document, as docs/reference/review.md has it.</summary>
internal static class ReviewJson
{
    public static void Write(ReviewOutcome outcome, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("system", outcome.System);
        WriteSide(json, "base", outcome.Base);
        WriteSide(json, "head", outcome.Head);
        json.WriteBoolean("fails", outcome.Fails || outcome.IsInvalid);
        json.WriteNumber("errors", outcome.CountOf(Severity.Error));
        json.WriteNumber("warnings", outcome.CountOf(Severity.Warning));
        json.WriteNumber("infos", outcome.CountOf(Severity.Info));
        json.WriteObjects("changes", outcome.Changes, change => WriteChange(json, change));
        json.WriteObjects("deciders", outcome.Deciding, deciding =>
        {
            WriteDecider(json, deciding.Decider);
            json.WriteNumber("errors", deciding.Changes.Count(c => c.Severity == Severity.Error));
            json.WriteNumber("warnings", deciding.Changes.Count(c => c.Severity == Severity.Warning));
        });
        json.WriteStartArray("newFindings");
        foreach (var finding in outcome.NewFindings)
        {
            FindingJson.Write(json, finding);
        }

        json.WriteEndArray();
        json.WriteObjects("mendedFindings", outcome.Mended, gone =>
        {
            json.WriteString("code", gone.Code);
            json.WriteString("message", gone.Message);
        });
        json.WriteEndObject();
    });

    private static void WriteSide(Utf8JsonWriter json, string name, ReviewSide side)
    {
        json.WriteStartObject(name);
        json.WriteString("label", side.Label);
        if (side.Commit is { } commit)
        {
            json.WriteString("commit", commit);
        }

        json.WriteBoolean("hasModel", side.Tree is not null);
        json.WriteString("file", side.Prefix + side.File);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, ArchitectureChange change)
    {
        json.WriteString("class", change.Class.Id);
        json.WriteString("severity", FindingText.Word(change.Severity));
        json.WriteString("title", change.Class.Title);
        json.WriteString("subject", change.Subject);
        json.WriteString("message", change.Message);
        json.WriteString("why", change.Class.Why);
        json.WriteString("ask", change.Class.Ask);
        json.WriteBoolean("breaks", change.Class.IsBreak);
        Optional(json, "environment", change.Environment);
        Optional(json, "pathBefore", change.PathBefore);
        Optional(json, "pathAfter", change.PathAfter);
        if (change.Place is { } place)
        {
            json.WriteStartObject("place");
            json.WriteString("side", change.IsPlacedBefore ? "base" : "head");
            json.WriteString("file", place.File);
            json.WriteNumber("line", place.Line);
            json.WriteNumber("column", place.Column);
            json.WriteEndObject();
        }

        json.WriteObjects("deciders", change.Deciders, decider => WriteDecider(json, decider));
        json.WriteObjects("values", change.Values, value =>
        {
            json.WriteString("path", value.Path);
            json.WriteString("before", value.Before);
            json.WriteString("after", value.After);
        });
        json.WriteObjects("figures", change.Figures, figure => WriteFigure(json, figure));
    }

    private static void WriteFigure(Utf8JsonWriter json, Figure figure)
    {
        json.WriteString("name", figure.Name);
        json.WriteString("unit", figure.Unit);
        WriteNumber("before", figure.Before);
        WriteNumber("after", figure.After);
        json.WriteString("textBefore", figure.TextBefore);
        json.WriteString("textAfter", figure.TextAfter);

        void WriteNumber(string name, double? number)
        {
            if (number is { } known)
            {
                json.WriteNumber(name, Math.Round(known, 6));
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }

    private static void WriteDecider(Utf8JsonWriter json, Decider decider)
    {
        json.WriteString("kind", decider.Team is null ? "architects" : "team");
        Optional(json, "name", decider.Team);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
