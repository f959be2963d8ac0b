using System.Text.Json;

namespace Conway.Testing.Steps;

/// <summary>What came back for one request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body, when the step looks into it and it is JSON.</param>
/// <param name="NotJson">Why there is no <paramref name="Json"/>: <c>the answer is text/html, not JSON</c>.</param>
internal sealed record Answer(int Status, JsonElement? Json, string? NotJson);
