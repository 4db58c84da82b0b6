package dev.ktrdr.setting;

/// Something in the configuration that the operator has to mend.
///
/// @param place the variable, or the file with line, such as `config/application.yaml:3`
/// @param message what is wrong and which values are allowed
public record Problem(String place, String message) {

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
