using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Conway.Service;

/// <summary>What is wrong with a request, by field: all of it at once.</summary>
/// <example><code>
/// var errors = new FieldErrors()
///     .Unless(line.Quantity is >= 1 and &lt;= 99, "quantity", "Must be from 1 to 99.");
/// if (errors.Any)
///     return errors.ToProblem();
/// </code></example>
/// <remarks>Answered as problem details with <c>errors</c>, as ASP.NET Core writes them. Not thread-safe; one for each request.</remarks>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>True when something is wrong.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Adds one thing that is wrong with a field.</summary>
    /// <param name="field">Path in the body as the caller wrote it: <c>lines[0].quantity</c>.</param>
    /// <param name="message">A sentence that says what is expected.</param>
    public FieldErrors Add(string field, string message)
    {
        _errors[field] = [.. _errors.GetValueOrDefault(field, []), message];
        return this;
    }

    /// <summary>Adds it unless the condition holds.</summary>
    public FieldErrors Unless(bool holds, string field, string message) => holds ? this : Add(field, message);

    /// <summary>The 400 answer.</summary>
    public ValidationProblem ToProblem() => TypedResults.ValidationProblem(_errors);
}
