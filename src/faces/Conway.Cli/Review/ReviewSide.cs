using Conway.Model;
using Conway.Reader;
using Conway.Review;

namespace Conway.Cli;

/// <summary>One of the two states that a review compares, and how to read it.</summary>
/// <param name="Label">For people: <c>main (3f2a1c9d04)</c>, <c>the working tree</c>.</param>
/// <param name="Commit">Id of the commit; null for files on disk.</param>
/// <param name="Tree">Its files; null when there is no model in this state.</param>
/// <param name="File">Name of the first file of the model.</param>
/// <param name="Prefix">The way from the root of the repository to the system's folder, <c>services/shop/</c>; empty for the root and outside of any.</param>
internal sealed record ReviewSide(string Label, string? Commit, IFileTree? Tree, string File, string Prefix)
{
    /// <summary>Reads the model with the settings of an environment; an empty one when there is none.</summary>
    public ReadResult Read(string? environment, Terminal terminal) =>
        Tree is null ? new ReadResult(new SystemModel(), Findings.SourceMap.Empty, [], [])
        : ModelReader.Read(Tree, File, new ReadOptions { Environment = environment, GetEnvironmentVariable = terminal.Variable });

    // More than this is more than a review can wait for.
    private const int ContractsMax = 2_000;

    /// <summary>What the reviewer compares: the model, and what the contracts promise that it names.</summary>
    /// <param name="read">The model.</param>
    /// <param name="problem">Told of each contract that is not understood, with the reason.</param>
    public ReviewedState State(ReadResult read, Action<string, string> problem)
    {
        var contracts = new Dictionary<string, ContractOutline>(StringComparer.Ordinal);
        foreach (var path in Named(read.Model).Take(ContractsMax))
        {
            if (Tree is null || ContractReader.Read(Tree, path) is not { } contract)
            {
                continue;
            }

            if (contract.Items is { } items)
            {
                contracts[path] = new ContractOutline(items.ToDictionary(i => i.Key, i => new ContractPromise(i.Value.Form, i.Value.IsDemanded), StringComparer.Ordinal));
            }
            else
            {
                problem(path, contract.Problem!);
            }
        }

        return new ReviewedState(read.Model, read.Map) { Contracts = contracts };
    }

    private static IEnumerable<string> Named(SystemModel model) =>
        model.Services.Values.SelectMany(s => s.Publishes.Values.Select(p => p.Schema).Append(s.Api.Rest).Append(s.Api.Grpc))
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
