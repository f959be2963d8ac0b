namespace Conway.Node;

/// <summary>Tells subscribers about the services that look different from last time, and no others.</summary>
internal sealed class ShownServices(EventHub events)
{
    private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);

    public void Show(IReadOnlyList<ServiceView> services)
    {
        foreach (var service in services)
        {
            // What changes all the time (the last log line, the time of the last check) is not worth an event of its own.
            var key = string.Join('|', service.Replicas.Select(r => $"{r.Name} {r.State} {r.Pid} {r.Port} {r.Restarts} {r.Reason}"))
                + $"|{service.State} {service.Wanted} {service.Build.State} {service.Build.Duration} {string.Join(',', service.WaitingFor)} {string.Join(',', service.Urls)}"
                + $"|{string.Join(',', service.Ejections.Select(e => $"{e.Replica} {e.Caller} {e.Until.Ticks}"))}";
            if (_last.GetValueOrDefault(service.Name) != key)
            {
                _last[service.Name] = key;
                events.Publish(new NodeEvent.ServiceChanged(service));
            }
        }
    }
}
