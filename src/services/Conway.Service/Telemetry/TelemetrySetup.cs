using Conway.Service.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace Conway.Service.Telemetry;

internal static class TelemetrySetup
{
    // ASP.NET Core 10 leaves the OpenTelemetry attributes off its server spans unless this is set before the host is built.
    // To be removed when .NET 11, which has them on, is the lowest version.
    private const string SuppressAttributes = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static void AddTelemetry(this IHostApplicationBuilder builder, ConwayOptions options, Masks masks)
    {
        AppContext.SetSwitch(SuppressAttributes, false);
        var pipeline = new TelemetryPipeline(builder.Environment.ApplicationName, options, masks);
        builder.Services.AddSingleton(pipeline);
        builder.Services.AddHostedService(_ => pipeline);
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.ParseStateValues = true;
            logs.AddProcessor(new MaskLogs(masks));
            logs.AddOtlpExporter((OtlpExporterOptions _, LogRecordExportProcessorOptions processor) => processor.BatchExportProcessorOptions.ScheduledDelayMilliseconds =
                ExportPace.Milliseconds("OTEL_BLRP_SCHEDULE_DELAY", ExportPace.BatchDefault));
        });
    }
}
