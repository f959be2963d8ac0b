namespace Conway.CodeFacts;

/// <summary>A member reads configuration.</summary>
/// <param name="Key">The key as written, with <c>:</c> between levels: <c>ConnectionStrings:Default</c>; an environment variable's name.</param>
/// <param name="Kind">From where.</param>
/// <param name="Type">Id of the type that reads it, or that it is bound to; <see cref="Codebase.None"/> when that is not in the source.</param>
/// <param name="Place">Where.</param>
public sealed record ConfigurationUse(string Key, ConfigurationKind Kind, int Type, CodePlace Place);

/// <summary>From where configuration is read.</summary>
public enum ConfigurationKind
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>A section, bound to a type or handed on.</summary>
    Section,

    /// <summary>A connection string.</summary>
    ConnectionString,

    /// <summary>An environment variable.</summary>
    Environment,
}

/// <summary>A member calls another program over the network.</summary>
/// <param name="Member">Id of the member; <see cref="Codebase.None"/> for a constant of a type.</param>
/// <param name="Kind">By what.</param>
/// <param name="Method">HTTP method in upper case; null when unknown.</param>
/// <param name="Target">Address, path or name of the client as written, <c>{}</c> where a value is put in; null when unknown.</param>
/// <param name="Place">Where.</param>
/// <param name="InLoop">In a loop.</param>
public sealed record OutboundCall(int Member, OutboundKind Kind, string? Method, string? Target, CodePlace Place, bool InLoop);

/// <summary>By what another program is called.</summary>
public enum OutboundKind
{
    /// <summary><c>HttpClient</c> and what is built on it.</summary>
    Http,

    /// <summary>A client that is generated from an interface: Refit, RestEase.</summary>
    Declared,

    /// <summary>A gRPC client.</summary>
    Grpc,

    /// <summary>A SOAP or WCF client.</summary>
    Soap,

    /// <summary>Mail.</summary>
    Mail,
}

/// <summary>An address of another host that stands in the code.</summary>
/// <param name="Text">As written: <c>http://10.0.0.7:8080/api</c>, <c>amqp://rabbit</c>.</param>
/// <param name="Host">Host and port: <c>10.0.0.7:8080</c>.</param>
/// <param name="Type">Id of the type in which it stands; <see cref="Codebase.None"/> outside of types.</param>
/// <param name="Place">Where.</param>
public sealed record AddressUse(string Text, string Host, int Type, CodePlace Place);
