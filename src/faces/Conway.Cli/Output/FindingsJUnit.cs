using System.Globalization;
using System.Text;
using System.Xml;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>Findings as JUnit XML, which every CI server draws: a suite for each rule, a case for each finding.</summary>
/// <remarks>A finding that makes the check fail is a failure; one that weighs less, or that the baseline knows, is a passed case with its text as output.
/// A rule that was kept is one passed case; one that was not evaluated, or whose finding is suppressed, is skipped. So that the numbers add up:
/// <c>failures</c> is 0 exactly when the exit code is.</remarks>
internal static class FindingsJUnit
{
    public static void Write(CheckOutcome outcome, TextWriter output)
    {
        var suites = Suites(outcome).OrderBy(s => s.Rule.Code, StringComparer.Ordinal).ToArray();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false }))
        {
            // The writer would declare the encoding of the string it writes to, not that of the output.
            xml.WriteRaw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", outcome.Title);
            WriteCounts(xml, [.. suites.SelectMany(s => s.Cases)]);
            foreach (var suite in suites)
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", $"{suite.Rule.Code} {Legal(suite.Rule.Title)}");
                WriteCounts(xml, suite.Cases);
                if (outcome.Traffic is { } traffic)
                {
                    WriteProperty(xml, "observed", TrafficWords.Of(traffic));
                }

                foreach (var one in suite.Cases)
                {
                    WriteCase(xml, suite.Rule, one);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        output.Write('\n');
    }

    private static IEnumerable<Suite> Suites(CheckOutcome outcome)
    {
        var found = outcome.Findings.Select((finding, i) => (finding.Rule, Case: Of(outcome, finding, outcome.IsKnown(i))))
            .Concat(outcome.Suppressed.Select(s => (s.Finding.Rule, Case: new Case(Name(s.Finding), Kind.Skipped, $"suppressed: {s.Reason}", s.Finding))))
            .GroupBy(f => f.Rule.Code, StringComparer.Ordinal)
            .Select(g => new Suite(g.First().Rule, [.. g.Select(f => f.Case)]))
            .ToArray();
        var withFindings = found.Select(s => s.Rule.Code).ToHashSet(StringComparer.Ordinal);
        return found
            .Concat(outcome.NotEvaluated.Where(n => !withFindings.Contains(n.Rule.Code)).Select(n => new Suite(n.Rule, [new Case(n.Rule.Title, Kind.Skipped, n.ToString(), null)])))
            .Concat(outcome.Evaluated.Where(r => !withFindings.Contains(r.Code)).Select(r => new Suite(r, [new Case(r.Title, Kind.Passed, "", null)])));
    }

    private static Case Of(CheckOutcome outcome, Finding finding, bool isKnown) =>
        isKnown ? new Case(Name(finding), Kind.Passed, "known in the baseline", finding)
        : outcome.Counts(finding) ? new Case(Name(finding), Kind.Failed, finding.Message, finding)
        : new Case(Name(finding), Kind.Passed, finding.Message, finding);

    // CI servers follow a case over time by its name, so a line number is no part of it.
    private static string Name(Finding finding) => finding.Subject ?? finding.ModelPath ?? finding.Place?.File ?? "model";

    private static void WriteCase(XmlWriter xml, FindingRule rule, Case one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", $"conway.{rule.Code}");
        xml.WriteAttributeString("name", Legal(one.Name));
        xml.WriteAttributeString("time", "0");
        if (one.Finding?.Place is { } place)
        {
            xml.WriteAttributeString("file", Legal(place.File));
            xml.WriteAttributeString("line", place.Line.ToString(CultureInfo.InvariantCulture));
        }

        var text = one.Finding is { } finding ? FindingText.Of(finding, new FindingTextOptions()) : "";
        switch (one.Kind)
        {
            case Kind.Failed:
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Legal(one.Says));
                xml.WriteAttributeString("type", FindingText.Word(one.Finding!.Severity));
                xml.WriteString(Legal(text));
                xml.WriteEndElement();
                break;
            case Kind.Skipped:
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", Legal(one.Says));
                xml.WriteEndElement();
                break;
            case Kind.Passed when text.Length > 0:
                xml.WriteElementString("system-out", Legal(text));
                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("properties");
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Legal(value));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<Case> cases)
    {
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(c => c.Kind == Kind.Failed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(cases.Count(c => c.Kind == Kind.Skipped)));
        xml.WriteAttributeString("time", "0");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>XML 1.0 cannot hold most control characters, not even escaped; a name in a model can.</summary>
    private static string Legal(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var legal = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                legal.Append(text[i]).Append(text[++i]);
            }
            else
            {
                legal.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return legal.ToString();
    }

    private enum Kind
    {
        Passed,
        Failed,
        Skipped,
    }

    private sealed record Case(string Name, Kind Kind, string Says, Finding? Finding);

    private sealed record Suite(FindingRule Rule, IReadOnlyList<Case> Cases);
}
