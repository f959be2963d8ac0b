using Conway.Findings;
using Conway.Model;

namespace Conway.Review;

/// <summary>One of the two states that are compared.</summary>
/// <param name="Model">The system as described.</param>
/// <param name="Map">Where each part is written; <see cref="SourceMap.Empty"/> for models without text.</param>
public sealed record ReviewedState(SystemModel Model, SourceMap Map)
{
    /// <summary>The operations and messages of the contracts that the model names, by path of the file. Unset: nobody looked, so only the names of files are compared.</summary>
    public IReadOnlyDictionary<string, ContractOutline>? Contracts { get; init; }
}

/// <summary>What a contract promises, each promise with a text that is the same as long as it means the same.</summary>
/// <param name="Items"><c>POST /api/orders</c> to what is promised.</param>
public sealed record ContractOutline(IReadOnlyDictionary<string, ContractPromise> Items);

/// <summary>One promise of a contract.</summary>
/// <param name="Form">The same as long as the promise is.</param>
/// <param name="IsDemanded">Callers must send it, so that to add it breaks them, and to give it up does not.</param>
public sealed record ContractPromise(string Form, bool IsDemanded);
