using System.Globalization;
using Conway.Model;
using Conway.Reader.Binding;

namespace Conway.Reader.Rules;

/// <summary>Finds models written for another version of the format.</summary>
internal static class FormatVersion
{
    public const int Current = 1;

    public static void Check(BindSession session, SystemModel model)
    {
        if (model.Conway != Current)
        {
            var version = model.Conway.ToString(CultureInfo.InvariantCulture);
            session.Report(ReaderFindings.WrongVersion, session.Places["conway"], "conway", $"This model is written for format {version}, and this version of Conway reads format {Current}.",
                model.Conway > Current ? "Update Conway, or write 'conway: 1'." : "Write 'conway: 1'.");
        }
    }
}
