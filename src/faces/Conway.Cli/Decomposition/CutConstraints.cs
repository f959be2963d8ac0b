using Conway.Decomposition.Constraining;

namespace Conway.Cli;

/// <summary>The file of constraints that a decomposition honours: the one that was named, else the one in the folder of its output.</summary>
/// <param name="File">What it says; empty when there is none yet.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Shown">As it was named, or as it is seen from the current folder.</param>
/// <param name="IsMissing">There is none yet, so that one with examples is made.</param>
internal sealed record CutConstraints(ConstraintFile File, string Path, string Shown, bool IsMissing)
{
    public const string Name = "constraints.txt";

    /// <summary>What a person finds who has not written any.</summary>
    public const string Examples =
        """
        # What a cut must honour: one line, one wish. The next 'conway decompose' reads it; nothing ever writes over it.
        # Names are types; the last part is enough (Order), more parts tell two of one name apart (Billing.Order), and * is any text.
        #
        # together Order OrderLine Invoice*       these are in one service
        # apart CustomerRecord CreditCheck        no service has two of these
        # pin Coupon Promotion* -> pricing        these are in the service of that name
        # services 4..8                           how many services there are
        # size 5..80                              how many types each service has
        # technical Clock Common.*                these belong to no service
        # team checkout: Basket* Order            this team owns these: a wish that has a price

        """;

    // Some hundred thousand lines.
    private const long BytesMax = 16 << 20;

    /// <summary>Null when it cannot be read; <paramref name="problem"/> says why in a sentence.</summary>
    /// <param name="given">As it was named; null when it was not.</param>
    /// <param name="folder">The folder of the output.</param>
    /// <param name="currentFolder">Where relative paths begin.</param>
    public static CutConstraints? Read(string? given, string folder, string currentFolder, out string problem)
    {
        problem = "";
        var path = given is null ? System.IO.Path.Combine(folder, Name) : System.IO.Path.GetFullPath(given, currentFolder);
        var shown = given ?? GeneratedFiles.Shown(path, currentFolder);
        try
        {
            if (Directory.Exists(path))
            {
                problem = $"'{shown}' is a folder; constraints are a text file.";
                return null;
            }

            var info = new FileInfo(path);
            if (!info.Exists)
            {
                problem = given is null ? "" : $"there is no constraints file '{shown}'. Without --constraints one with examples is made.";
                return given is null ? new CutConstraints(ConstraintFile.Empty, path, shown, true) : null;
            }

            if (info.Length > BytesMax)
            {
                problem = $"'{shown}' is larger than 16 MiB, which no file of constraints is.";
                return null;
            }

            return new CutConstraints(ConstraintFile.Parse(System.IO.File.ReadAllText(path), shown), path, shown, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"'{shown}' could not be read: {e.Message.TrimEnd('.')}.";
            return null;
        }
    }
}
