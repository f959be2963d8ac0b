using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conway.Lowering;

/// <summary>A plan as JSON, for people and programs. Secrets are shown as <c>***</c>.</summary>
public static class RunPlanText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new DurationConverter(), new PercentageConverter(), new MaskingConverter() },
    };

    public static string Write(RunPlan plan) => JsonSerializer.Serialize(plan, Json);

    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Plans are written, never read.");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(Conway.Model.UnitText.Format(value));
    }

    private sealed class PercentageConverter : JsonConverter<Conway.Model.Percentage>
    {
        public override Conway.Model.Percentage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Plans are written, never read.");

        public override void Write(Utf8JsonWriter writer, Conway.Model.Percentage value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class MaskingConverter : JsonConverter<VariablePlan>
    {
        public override VariablePlan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Plans are written, never read.");

        public override void Write(Utf8JsonWriter writer, VariablePlan value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Name);
            writer.WriteString("value", value.Masked ? "***" : value.Value);
            writer.WriteString("from", value.From);
            writer.WriteEndObject();
        }
    }
}
