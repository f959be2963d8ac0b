using System.Net.Http.Headers;

namespace Conway.Forwarding;

/// <summary>How an engine changes the headers of what it forwards. The gateway has one for each request, a listener one for all.</summary>
public interface IRequestDress
{
    /// <summary>Whether a header of this name is kept from the upstream. <c>conway-deadline-ms</c> is always to be withheld: it is written anew for each attempt.</summary>
    bool IsWithheld(string name);

    /// <summary>Adds what the upstream is told besides. Called for each attempt.</summary>
    void Add(Exchange exchange, HttpRequestHeaders headers);
}
