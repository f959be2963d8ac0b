using Conway.Checks.Contexts;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW3304: a shared kernel that too many share, or that the two sides do not agree on.</summary>
/// <remarks>A kernel is changed by everybody together (Evans 2003, ch. 14): that holds for two contexts of teams that sit together, and hardly for more.</remarks>
public sealed class SharedKernelStretched : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3304", Severity.Warning, "Shared kernel that is stretched",
        "Every change of the kernel needs the consent of all; where that takes meetings, it becomes a copy or a quarrel.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var map = subject.Contexts;
        var kernels = map.Links.Where(l => l.As == ContextPattern.SharedKernel && l.Downstream != l.Upstream).ToArray();
        foreach (var kernel in kernels)
        {
            var other = map.Links.FirstOrDefault(l => l.Downstream == kernel.Upstream && l.Upstream == kernel.Downstream && l.As != ContextPattern.SharedKernel);
            if (other is not null)
            {
                yield return Told(
                    kernel, $"'{kernel.Downstream}' shares a kernel with '{kernel.Upstream}', which says of the same relation that it is {Word(other.As)}.",
                    "Say the same on both sides, or say it on one only.", "sides");
                continue;
            }

            var (mine, theirs) = (subject.Model.Contexts[kernel.Downstream].Team, subject.Model.Contexts[kernel.Upstream].Team);
            if (mine is not null && theirs is not null && mine != theirs)
            {
                yield return Told(
                    kernel, $"'{kernel.Downstream}' of the team '{mine}' shares a kernel with '{kernel.Upstream}' of the team '{theirs}'.",
                    "Give the kernel to one of the teams and let the other be its customer, or copy the little that is shared.", "teams");
            }
        }

        // Many around one: told once, at the context in the middle.
        foreach (var many in kernels.SelectMany(k => new[] { (Context: k.Downstream, Other: k.Upstream, k.ModelPath), (Context: k.Upstream, Other: k.Downstream, k.ModelPath) })
            .GroupBy(k => k.Context, StringComparer.Ordinal).Where(g => g.Select(k => k.Other).Distinct().Count() > 1))
        {
            var others = many.Select(k => k.Other).Distinct(StringComparer.Ordinal).ToArray();
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = many.First().ModelPath,
                Subject = $"kernel of {many.Key} with several",
                Message = $"'{many.Key}' shares a kernel with {Spoken.Names(others)}.",
                Mend = "Make the kernel a context of its own that serves the others by a published language, or cut it in two.",
                Measure = new Measure(others.Length + 1, 2, "contexts"),
            };
        }
    }

    private Finding Told(ContextLink kernel, string message, string mend, string what) => new()
    {
        Rule = Rule,
        ModelPath = kernel.ModelPath,
        Subject = $"kernel of {kernel.Downstream} and {kernel.Upstream}: {what}",
        Message = message,
        Mend = mend,
    };

    // CustomerSupplier: customer-supplier
    private static string Word(ContextPattern pattern) =>
        string.Concat(pattern.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
