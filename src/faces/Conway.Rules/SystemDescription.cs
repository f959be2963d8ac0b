using Conway.Checks.AsCode;
using Conway.Findings;
using Conway.Model;
using Conway.Reader;

namespace Conway.Rules;

/// <summary>The description of a system, for rules about it.</summary>
public static class SystemDescription
{
    private const string FileName = "conway.yaml";

    /// <summary>Reads the model.</summary>
    /// <param name="path">The file, or the folder that it lies in. Unset: the nearest <c>conway.yaml</c> in the folder of the running program or above it, as a test lies below the system it is about.</param>
    /// <param name="environment">Name of the environment whose settings are laid over it. Unset: none.</param>
    /// <returns>A model without errors.</returns>
    /// <exception cref="ArchitectureException">There is no model, or it has errors; the message says where and how to mend them.</exception>
    public static SystemModel Read(string? path = null, string? environment = null)
    {
        var file = path is null ? Above(AppContext.BaseDirectory) ?? throw new ArchitectureException($"There is no {FileName} in '{AppContext.BaseDirectory}' or above it. Give its path.") : Path.GetFullPath(path);
        if (Directory.Exists(file))
        {
            file = Path.Combine(file, FileName);
        }

        if (!File.Exists(file))
        {
            throw new ArchitectureException($"There is no file '{file}'.");
        }

        var read = ModelReader.Read(
            new DiskFileTree(Path.GetDirectoryName(file)!), Path.GetFileName(file),
            new ReadOptions { Environment = environment, GetEnvironmentVariable = Environment.GetEnvironmentVariable });
        return read.HasErrors ? throw new ArchitectureException($"The model has errors:\n{string.Join('\n', read.Findings.Where(finding => finding.Severity == Severity.Error).Select(Line))}") : read.Model;
    }

    private static string? Above(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, FileName)))
            {
                return Path.Combine(folder, FileName);
            }
        }

        return null;
    }

    private static string Line(Finding finding) =>
        $"{(finding.Place is { } place ? $"{place} " : "")}{finding.Code} {finding.Message}{(finding.Mend is { } mend ? $" {mend}" : "")}";
}
