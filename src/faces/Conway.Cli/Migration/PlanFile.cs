using System.Security.Cryptography;
using System.Text;
using Conway.Findings;
using Conway.Migration;
using Conway.Migration.Plans;
using Conway.Reader;

namespace Conway.Cli;

/// <summary>The text of a plan's file: writing, reading, and whether people changed what is not theirs. Pure.</summary>
internal static class PlanFile
{
    /// <summary>Its name in a folder.</summary>
    public const string Name = "plan.yaml";

    private const string Head = """
        # A migration plan, written by 'conway migrate plan'; docs/reference/migration-plan.md says what each key means.
        # Yours in it, and kept by the next run: weights; state and note of steps; ends and ends-on of layers; handling and undo of transactions; at-most of gates.


        """;

    /// <summary>The text, with the plan's fingerprint in it. The same plan gives the same bytes.</summary>
    public static string Write(MigrationPlan plan) => Head + DocumentWriter.Write(plan with { Fingerprint = FingerprintOf(plan) });

    /// <summary>The plan that a text holds, with what is wrong with it. A plan of another version is told as that alone.</summary>
    /// <param name="file">How findings name it.</param>
    /// <param name="bytes">The whole file.</param>
    public static DocumentResult<MigrationPlan> Read(string file, ReadOnlySpan<byte> bytes)
    {
        var read = DocumentReader.Read<MigrationPlan>(file, bytes, "the plan");
        if (read.Value.Format == MigrationPlan.Current)
        {
            return read;
        }

        var finding = new Finding
        {
            Rule = MigrationFindings.OtherVersion,
            Message = $"This plan is written in format {read.Value.Format}, and this version of Conway reads format {MigrationPlan.Current}.",
            Mend = read.Value.Format > MigrationPlan.Current ? "Update Conway; the file was not changed." : $"Write 'migration: {MigrationPlan.Current}'.",
            ModelPath = "migration",
        };
        return read with { Findings = read.Map.Place([finding]) };
    }

    /// <summary>Whether something was changed that the next run would lose.</summary>
    public static bool IsEdited(MigrationPlan plan) => plan.Fingerprint != FingerprintOf(plan);

    private static string FingerprintOf(MigrationPlan plan) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DocumentWriter.Write(OwnersPart.Without(plan))))[..8]);
}
