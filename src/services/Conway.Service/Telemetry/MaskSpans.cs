using System.Diagnostics;
using Conway.Service.Logs;
using OpenTelemetry;

namespace Conway.Service.Telemetry;

/// <summary>Takes secrets out of a span's attributes before it is exported. Must stand before the exporter.</summary>
internal sealed class MaskSpans(Masks masks) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        // Collected first: setting a tag while they are being enumerated would disturb the enumeration.
        List<(string Name, object? Value)>? changed = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            var shown = masks.Field(tag.Key, tag.Value);
            if (!ReferenceEquals(shown, tag.Value))
                (changed ??= []).Add((tag.Key, shown));
        }

        if (changed is null)
            return;
        foreach (var (name, value) in changed)
            data.SetTag(name, value);
    }
}
