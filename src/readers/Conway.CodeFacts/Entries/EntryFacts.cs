using System.Collections.Immutable;

namespace Conway.CodeFacts.Entries;

/// <summary>What one file says of where work comes in and how it is passed on. One owner while the file is read.</summary>
internal sealed class EntryFacts
{
    public List<AttributeFact> Attributes { get; } = [];

    public List<EndpointUse> Endpoints { get; } = [];

    public List<GroupUse> Groups { get; } = [];

    public List<MountUse> Mounts { get; } = [];

    public List<RegistrationUse> Registrations { get; } = [];

    public List<SendUse> Sends { get; } = [];

    public List<JobUse> Jobs { get; } = [];

    public List<TopicUse> Topics { get; } = [];
}

/// <summary>An attribute of a type or of a member of it.</summary>
/// <param name="Member">Id of the member; <see cref="Codebase.None"/> when it belongs to the type.</param>
/// <param name="Name">Without suffix.</param>
/// <param name="Texts">Arguments that are text, in order; others are missing.</param>
internal readonly record struct AttributeFact(int Type, int Member, string Name, ImmutableArray<string> Texts, CodePlace Place);

/// <summary>A call maps a route to a handler.</summary>
/// <param name="In">Id of the member in which the call stands.</param>
/// <param name="Route">Pattern with the prefixes of its groups, as far as they stand in the same body; null when it cannot be read.</param>
/// <param name="OnParameter">The builder is a parameter: prefixes of callers come before it.</param>
/// <param name="Handler">Id of the member that handles it; <see cref="Codebase.None"/> when that is unknown.</param>
internal readonly record struct EndpointUse(int In, int Type, string Method, string? Route, bool OnParameter, int Handler, bool IsInferred, CodePlace Place);

/// <summary>A builder with a prefix is handed to a method.</summary>
internal readonly record struct GroupUse(int In, int Callee, string Prefix, bool OnParameter);

/// <summary>A type is mounted as a whole: <c>MapHub&lt;T&gt;("/chat")</c>, <c>MapGrpcService&lt;T&gt;()</c>, <c>AddHostedService&lt;T&gt;()</c>.</summary>
internal readonly record struct MountUse(int Type, string What, string? Route, CodePlace Place);

/// <summary>The container is told what to give.</summary>
internal readonly record struct RegistrationUse(int Service, int Implementation, ServiceLifetime Lifetime, CodePlace Place);

/// <summary>An object is given to something that is called like a sender.</summary>
/// <param name="Through">Name of the static type before the dot; empty when it is unknown.</param>
internal readonly record struct SendUse(int Order, int Member, int Message, string Called, string Through, CodePlace Place, bool InLoop);

/// <summary>A scheduler is told to run a member.</summary>
internal readonly record struct JobUse(int Member, string? Schedule, CodePlace Place);
