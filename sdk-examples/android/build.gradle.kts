// How the sample app is built by an Android project: not part of Reelbeam's own build, which only compiles the sources.
plugins {
    id("com.android.application") version "8.13.0"
}

android {
    namespace = "io.github.reelbeam.examples.android"
    compileSdk = 34
    defaultConfig {
        applicationId = "io.github.reelbeam.examples.android"
        minSdk = 26
        targetSdk = 34
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    buildTypes {
        release {
            // the rules that Reelbeam needs come with reelbeam-android
            isMinifyEnabled = true
        }
    }
    packaging {
        resources.excludes += setOf("META-INF/DEPENDENCIES", "META-INF/INDEX.LIST", "META-INF/*.md")
    }
}

dependencies {
    implementation("io.github.reelbeam:reelbeam-android:0.1.0-SNAPSHOT")
    implementation("androidx.work:work-runtime:2.10.0")
}
