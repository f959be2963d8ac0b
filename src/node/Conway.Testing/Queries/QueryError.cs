namespace Conway.Testing.Queries;

/// <summary>Why a query cannot be read.</summary>
/// <param name="Position">Index of the character in the query, from 0.</param>
/// <param name="Message">What is wrong, as half a sentence: <c>the name is not closed by '</c>.</param>
internal sealed record QueryError(int Position, string Message);
