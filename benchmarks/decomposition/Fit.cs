using System.Globalization;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Sharing;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Bench;

/// <summary>Fits the model of what is shared: a logistic regression over systems whose modules are known.</summary>
/// <remarks>A unit is an example when three neighbours and more have a module. It should be found when no module has three fifths of them, or when it has no
/// module itself and neighbours in two and more. Each system counts the same, whatever its size.</remarks>
internal static class Fit
{
    /// <summary>An example: figures, what is right, and how much it counts.</summary>
    public sealed record Example(double[] Figures, bool IsShared, double Weight);

    public static List<Example> Examples(Subject subject)
    {
        var units = UnitTable.Of(subject.Code);
        var links = LinkTable.Of(subject.Code, units, LinkWeights.Default);
        var figures = SharedFeatures.Of(subject.Code, units, links, useNames: true);
        var truth = subject.Truth.OfUnits(units);
        var neighbours = units.All.Select(_ => new List<int>()).ToArray();
        foreach (var link in links.All.Where(l => l.Evidence == EvidenceKind.Code))
        {
            neighbours[link.From].Add(link.To);
            neighbours[link.To].Add(link.From);
        }

        var found = new List<(double[] Figures, bool IsShared)>();
        for (var unit = 0; unit < units.Count; unit++)
        {
            var known = neighbours[unit].Where(n => truth[n] >= 0).GroupBy(n => truth[n]).Select(g => g.Count()).ToArray();
            if (figures[unit] is { } own && known.Sum() >= 3)
            {
                found.Add((own, known.Max() < 0.6 * known.Sum() || (truth[unit] < 0 && known.Length > 1)));
            }
        }

        return [.. found.Select(e => new Example(e.Figures, e.IsShared, 1.0 / Math.Max(20, found.Count)))];
    }

    /// <summary>Gradient descent with momentum on standardised figures, a little held back.</summary>
    public static double[] Weights(IReadOnlyCollection<Example> examples)
    {
        var count = SharedFeatures.Names.Length;
        var (mean, spread) = (new double[count], new double[count]);
        for (var j = 1; j < count; j++)
        {
            mean[j] = examples.Average(e => e.Figures[j]);
            spread[j] = Math.Sqrt(examples.Average(e => (e.Figures[j] - mean[j]) * (e.Figures[j] - mean[j]))) + 1e-9;
        }

        var (all, weights, speed) = (examples.Sum(e => e.Weight), new double[count], new double[count]);
        for (var step = 0; step < 500; step++)
        {
            var slope = new double[count];
            foreach (var example in examples)
            {
                var error = (1 / (1 + Math.Exp(-Sum(example.Figures))) - (example.IsShared ? 1 : 0)) * example.Weight;
                for (var j = 0; j < count; j++)
                {
                    slope[j] += error * Standard(example.Figures, j);
                }
            }

            for (var j = 0; j < count; j++)
            {
                speed[j] = (0.9 * speed[j]) - (0.3 * ((slope[j] / all) + (j > 0 ? weights[j] / examples.Count : 0)));
                weights[j] += speed[j];
            }
        }

        var plain = new double[count];
        for (var j = 1; j < count; j++)
        {
            plain[j] = weights[j] / spread[j];
            plain[0] -= plain[j] * mean[j];
        }

        plain[0] += weights[0];
        return plain;

        double Standard(double[] figures, int j) => j == 0 ? 1 : (figures[j] - mean[j]) / spread[j];

        double Sum(double[] figures)
        {
            var sum = 0.0;
            for (var j = 0; j < count; j++)
            {
                sum += weights[j] * Standard(figures, j);
            }

            return sum;
        }
    }

    /// <summary>Weights as they stand in the source.</summary>
    public static string Say(double[] weights) => string.Join(", ", weights.Select(w => w.ToString("0.00", CultureInfo.InvariantCulture)));
}
