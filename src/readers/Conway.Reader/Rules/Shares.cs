using System.Globalization;
using Conway.Model;
using Conway.Reader.Binding;

namespace Conway.Reader.Rules;

/// <summary>Finds routes that give away more than all of their requests.</summary>
internal static class Shares
{
    private const int Whole = 100;

    // Shares such as 33.3 have no exact number in the machine.
    private const int Digits = 6;

    public static void Check(BindSession session, SystemModel model)
    {
        foreach (var (i, route) in model.Gateway.Routes.Index())
        {
            var given = Math.Round(route.Split.Values.Sum(share => share.Percent), Digits);
            if (given > Whole)
            {
                var path = string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}].split");
                session.Report(
                    ReaderFindings.OutOfBounds, session.Places[path], path, string.Create(CultureInfo.InvariantCulture, $"The shares in 'split' are {given:0.###}% together, and at most 100% is allowed."),
                    $"Lower one of them; what is left of 100% goes to '{route.To}'.");
            }
        }
    }
}
