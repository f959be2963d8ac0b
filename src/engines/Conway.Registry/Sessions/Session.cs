using System.Collections.Immutable;

namespace Conway.Registry.Sessions;

/// <summary>Somebody's promise to be alive, on which locks hang.</summary>
internal sealed record Session
{
    public required string Id { get; init; }
    public string Name { get; init; } = "";
    public required string Node { get; init; }

    /// <summary>How long a key stays closed after this session was invalidated while holding it. Default 15 s; at most 60 s.</summary>
    public TimeSpan LockDelay { get; init; } = DefaultLockDelay;

    /// <summary>True: its keys are deleted with it. False: they are only unlocked.</summary>
    public bool DeletesKeys { get; init; }

    /// <summary>Zero: it lives until it is destroyed or a check of it fails. Else 10 s to 24 h.</summary>
    public TimeSpan Ttl { get; init; }
    public ImmutableArray<string> NodeChecks { get; init; } = [];
    public ImmutableArray<string> ServiceChecks { get; init; } = [];
    public ulong CreateIndex { get; init; }
    public ulong ModifyIndex { get; init; }

    public static TimeSpan DefaultLockDelay { get; } = TimeSpan.FromSeconds(15);
    public static TimeSpan LockDelayMax { get; } = TimeSpan.FromSeconds(60);
    public static TimeSpan TtlMin { get; } = TimeSpan.FromSeconds(10);
    public static TimeSpan TtlMax { get; } = TimeSpan.FromDays(1);

    /// <summary>Consul expires lazily: never before the TTL, at twice the TTL at the latest, so that a late renewal is not punished.</summary>
    public TimeSpan Patience => Ttl * 2;

    public bool Needs(string checkId) => NodeChecks.Contains(checkId) || ServiceChecks.Contains(checkId);
}

/// <summary>All sessions, and when one last came or went.</summary>
internal sealed record SessionTable(ImmutableSortedDictionary<string, Session> All, ulong Index)
{
    public static SessionTable Empty { get; } = new(ImmutableSortedDictionary.Create<string, Session>(StringComparer.Ordinal), 0);

    public Session? Find(string id) => All.GetValueOrDefault(id);
}
