using System.Globalization;
using Conway.Findings;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry;

/// <summary>What is wrong with the store now, as findings.</summary>
internal static class StoreFindings
{
    // ENOSPC and EDQUOT; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] FullCodes = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static IReadOnlyList<Finding> Of(TelemetryStore store, TelemetryOptions options)
    {
        var findings = new List<Finding>();
        if (store.Refusal is { } refusal)
        {
            findings.Add(ForRefusal(refusal, options));
        }

        foreach (var shelf in store.Shelves.All.OrderBy(shelf => shelf.Service, StringComparer.Ordinal))
        {
            if (shelf.Dropped > 0)
            {
                findings.Add(new()
                {
                    Rule = TelemetryRules.LinesDropped,
                    Subject = shelf.Service,
                    Message = $"'{shelf.Service}' printed faster than lines could be written; {Number(shelf.Dropped)} lines were dropped so far.",
                    Mend = $"Let '{shelf.Service}' print less, or raise its level.",
                });
            }

            var evicted = Enum.GetValues<Signal>().Sum(shelf.Evicted);
            if (evicted > 0)
            {
                findings.Add(new()
                {
                    Rule = TelemetryRules.QuotaReached,
                    Subject = shelf.Service,
                    Message = $"The oldest {Number(evicted)} records of '{shelf.Service}' were removed; it keeps {Number(shelf.Bytes)} bytes.",
                    Mend = "Nothing, or give telemetry more disk.",
                });
            }
        }

        if (store.Shelves.IsFull)
        {
            findings.Add(new()
            {
                Rule = TelemetryRules.TooManyServices,
                Message = $"More than {options.ServicesMax} service names were seen.",
                Mend = "Look for a service whose service.name carries an id or a host name, and put that into service.instance.id.",
            });
        }

        return findings;
    }

    private static Finding ForRefusal(Exception refusal, TelemetryOptions options)
    {
        var folder = Path.Combine(options.Root!, options.Run);
        return refusal switch
        {
            StoreOpening.RunInUseException => new()
            {
                Rule = TelemetryRules.FolderInUse,
                Message = $"Another process writes '{folder}'.",
                Mend = "End the other node, or run this one on a copy of the folder.",
            },
            IOException full when FullCodes.Contains(full.HResult) => new()
            {
                Rule = TelemetryRules.DiskFull,
                Message = $"There is no space left for '{folder}'.",
                Mend = "Free some space; writing is tried again every 30 s.",
            },
            _ => new()
            {
                Rule = TelemetryRules.NotWritable,
                Message = $"'{folder}' cannot be written: {refusal.Message}",
                Mend = "Make the folder writable; writing is tried again every 30 s.",
            },
        };
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
