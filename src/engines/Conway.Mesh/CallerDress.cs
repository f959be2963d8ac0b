using System.Net.Http.Headers;
using Conway.Forwarding;

namespace Conway.Mesh;

/// <summary>Tells the callee who calls, whatever the caller says of itself.</summary>
internal sealed class CallerDress(string caller) : IRequestDress
{
    public bool IsWithheld(string name) =>
        name.Equals(WireHeaders.Caller, StringComparison.OrdinalIgnoreCase) || name.Equals(WireHeaders.DeadlineMs, StringComparison.OrdinalIgnoreCase);

    public void Add(Exchange exchange, HttpRequestHeaders headers) => headers.TryAddWithoutValidation(WireHeaders.Caller, caller);
}
